package content

import (
	"encoding/json"
	"testing"
)

// The report is a promise to scripts: this is it.
func TestReport(t *testing.T) {
	l := blog(t, map[string]string{
		"a.md":  "---\ntitle: \"A & <b>\"\ndate: 2024-01-02 03:04:05 +0200\ntags: [x, y]\nseries: S\nauthor: Ann\nlang: es\nslug: first\naliases: [/old/]\nunlisted: true\n---\nSome words here.\n",
		"b.md":  "---\ntitle: a: b\ndraft: true\n---\n",
		"_c.md": "x",
	})
	got, err := json.MarshalIndent(l.Report(), "", " ")
	if err != nil {
		t.Fatal(err)
	}
	const want = `{
 "posts": [
  {
   "path": "a.md",
   "kind": "post",
   "title": "A \u0026 \u003cb\u003e",
   "date": "2024-01-02",
   "time": "2024-01-02T03:04:05+02:00",
   "slug": "first",
   "aliases": [
    "old",
    "a"
   ],
   "draft": false,
   "unlisted": true,
   "tags": [
    "x",
    "y"
   ],
   "series": "S",
   "lang": "es",
   "authors": [
    "Ann"
   ],
   "summary": "Some words here.",
   "words": 3
  },
  {
   "path": "b.md",
   "kind": "page",
   "title": "a: b",
   "date": "",
   "time": "",
   "slug": "b",
   "aliases": [],
   "draft": true,
   "unlisted": false,
   "tags": [],
   "series": "",
   "lang": "",
   "authors": [],
   "summary": "",
   "words": 0
  }
 ],
 "left_out": [
  {
   "path": "_c.md",
   "why": "a name that begins with _"
  }
 ],
 "problems": [
  {
   "file": "b.md",
   "line": 2,
   "column": 8,
   "severity": "error",
   "message": "the value of ` + "`title:`" + ` can't be read as YAML; it is taken as it stands",
   "hint": "put it into quotes"
  }
 ]
}`
	if string(got) != want {
		t.Errorf("got %s", got)
	}
	empty, err := json.Marshal(blog(t, nil).Report())
	if err != nil || string(empty) != `{"posts":[],"left_out":[],"problems":[]}` {
		t.Errorf("empty: %s, %v", empty, err)
	}
}
