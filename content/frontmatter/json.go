package frontmatter

import (
	"encoding/json"
	"errors"
	"io"
	"strings"

	"postern/content/problem"
	"postern/content/sanitize"
)

// jsonLength returns the length of the JSON object that s begins with, 0 if there is none.
func jsonLength(s string) int {
	if len(s) > maxSize {
		s = s[:maxSize]
	}
	if sanitize.BracketDepth(s) > maxDepth {
		return 0
	}
	var object map[string]json.RawMessage
	d := json.NewDecoder(strings.NewReader(s))
	if d.Decode(&object) != nil || len(object) == 0 {
		return 0
	}
	return int(d.InputOffset())
}

// parseJSON reads a front matter token by token, because only so its duplicate keys and places are seen.
func parseJSON(file string, f Front) (Fields, []problem.Problem) {
	m := Fields{}
	var problems []problem.Problem
	d := json.NewDecoder(strings.NewReader(f.Text))
	d.UseNumber()
	place := func(offset int64) (line, col int) {
		before := f.Text[:min(int(offset), len(f.Text))]
		return f.line + strings.Count(before, "\n"), len(before) - strings.LastIndexByte(before, '\n')
	}
	fail := func(err error) (Fields, []problem.Problem) {
		l, c := place(d.InputOffset())
		return m, append(problems, problem.Problem{File: file, Line: l, Column: c, Severity: problem.Error,
			Message: "the front matter is not a JSON object: " + jsonMessage(err), Hint: "look for a missing comma or quote there"})
	}
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return fail(err)
	}
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return fail(err)
		}
		k, _ := t.(string)
		kl, kc := place(max(0, d.InputOffset()-int64(len(k))-2))
		var v any
		l, c := place(d.InputOffset() + 1)
		if err := d.Decode(&v); err != nil {
			return fail(err)
		}
		jsonField(m, file, k, v, Field{Line: l, Column: c, key: problem.Position{Line: kl, Column: kc}}, &problems)
	}
	if _, err := d.Token(); err != nil {
		return fail(err)
	}
	return m, problems
}

// jsonField adds a value; f is its place.
func jsonField(m Fields, file, k string, v any, f Field, problems *[]problem.Problem) {
	switch v := v.(type) {
	case string:
		f.Text = sanitize.Text(v)
	case json.Number:
		f.Text = v.String()
	case bool:
		f.Text = map[bool]string{true: "true", false: "false"}[v]
	case []any:
		for _, item := range v {
			switch item := item.(type) {
			case string:
				f.List = append(f.List, item)
			case json.Number:
				f.List = append(f.List, item.String())
			case map[string]any:
				if name, ok := item["name"].(string); ok {
					f.List = append(f.List, name)
				}
			}
		}
	case map[string]any:
		for sub, item := range v {
			if s, ok := item.(string); ok {
				m[strings.ToLower(k+"."+sub)] = Field{Text: sanitize.Text(s), Line: f.Line, Column: f.Column}
			}
		}
	}
	m.set(file, k, f, problems)
}

func jsonMessage(err error) string {
	switch {
	case err == nil:
		return "it does not begin with {"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "it has no end"
	}
	return sanitize.Line(err.Error())
}
