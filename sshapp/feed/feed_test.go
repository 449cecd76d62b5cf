package feed

import (
	"bytes"
	"errors"
	"fmt"
	"html"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/mmcdole/gofeed"

	"postern/content"
	"postern/content/settings"
)

var today = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// site is a blog with one of each kind of post that a feed distinguishes.
func site() fstest.MapFS {
	return fstest.MapFS{
		"postern.toml": {Data: []byte("title = \"Bread & <Salt>\"\ndescription = \"About 1 < 2\"\nlanguage = \"en\"\nhost = \"blog.example.com:2222\"\ntimezone = \"Europe/Madrid\"\n")},
		"bread.md": {Data: []byte("---\ntitle: On \"bread\" & <butter>\ndate: 2026-11-20\nupdated: 2026-11-21 10:00\ndescription: Flour & <water>\n" +
			"tags: [bread, a & b]\ncategories: [food]\nauthor: [Ada, \"B & C\"]\n---\n\nA *loaf*, see [salt](salt.md), [that](https://example.com/?a=1&b=2) and ![a picture](loaf.png).\n\n<script>alert(1)</script>\n\n```\na\n\tb ]]>\n```\n")},
		"loaf.png":    {Data: []byte("picture")},
		"salt.md":     {Data: []byte("---\ntitle: Salt\ndate: 2026-11-19T08:00:00+01:00\nupdated: 2020-01-01\ntags: [salt]\n---\n\nA grain \u200c of it.\n")},
		"salt.de.md":  {Data: []byte("---\ntitle: Salz\ndate: 2026-11-18\ntags: [salt]\n---\n\nEin Korn.\n")},
		"old.md":      {Data: []byte("---\ntitle: Old\ndate: 1901-02-03\n---\n\nBefore zones were whole minutes.\n")},
		"empty.md":    {Data: []byte("---\ntitle: Nothing\ndate: 2026-11-01\n---\n")},
		"undated.md":  {Data: []byte("---\ntitle: Undated\nlayout: post\n---\n\nWhenever.\n")},
		"draft.md":    {Data: []byte("---\ntitle: Draft\ndate: 2026-11-01\ndraft: true\n---\n\nSecret.\n")},
		"future.md":   {Data: []byte("---\ntitle: Future\ndate: 2027-01-01\n---\n\nSecret.\n")},
		"unlisted.md": {Data: []byte("---\ntitle: Unlisted\ndate: 2026-11-01\nunlisted: true\n---\n\nSecret.\n")},
	}
}

func feedOf(t testing.TB, files fstest.MapFS) Feed {
	t.Helper()
	lib, err := content.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	edition := lib.At(today)
	return Feed{Edition: edition, Posts: edition.Posts(), Host: settings.Host(edition.Settings().Host), Key: "key"}
}

func bytesOf(t testing.TB, f Feed, as Format) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := f.Write(&b, as); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestFeedsHavePosts parses each format with an independent library, and compares it with the posts.
func TestFeedsHavePosts(t *testing.T) {
	f := feedOf(t, site())
	if len(f.Posts) != 6 {
		t.Fatalf("%d posts", len(f.Posts))
	}
	for _, as := range Formats() {
		t.Run(as.Name, func(t *testing.T) {
			got, err := gofeed.NewParser().Parse(bytes.NewReader(bytesOf(t, f, as)))
			if err != nil {
				t.Fatal(err)
			}
			description := got.Description
			if as.Name == "rss" {
				description = html.UnescapeString(description)
			}
			if got.FeedType != as.Name || got.Title != "Bread & <Salt>" || description != "About 1 < 2" || got.Language != "en" {
				t.Errorf("the feed says %q %q %q %q", got.FeedType, got.Title, description, got.Language)
			}
			if got.Link != "ssh://blog.example.com:2222" || got.FeedLink != "" {
				t.Errorf("the feed is at %q and %q", got.Link, got.FeedLink)
			}
			if want := time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC); as.Name != "json" && !got.UpdatedParsed.Equal(want) {
				t.Errorf("the feed was updated %v", got.UpdatedParsed)
			}
			if len(got.Items) != len(f.Posts) {
				t.Fatalf("%d items of %d", len(got.Items), len(f.Posts))
			}
			for i, p := range f.Posts {
				compare(t, as, f, got.Items[i], p)
			}
		})
	}
}

func compare(t *testing.T, as Format, f Feed, got *gofeed.Item, p *content.Post) {
	t.Helper()
	if got.Title != p.Title || got.GUID != postID(p) || got.Link != f.link(p) {
		t.Errorf("%s: %q %q %q", p.Slug, got.Title, got.GUID, got.Link)
	}
	if want := f.html(p); got.Content != want && want != "" {
		t.Errorf("%s: it says\n%s\nnot\n%s", p.Slug, got.Content, want)
	}
	if p.Summary != "" && html.UnescapeString(got.Description) != html.UnescapeString(p.Summary) {
		t.Errorf("%s: the summary is %q, not %q", p.Slug, got.Description, p.Summary)
	}
	var authors []string
	for _, a := range got.Authors {
		authors = append(authors, a.Name)
	}
	want := p.Authors
	if as.Name == "rss" { // of which gofeed reads one
		want = want[:min(len(want), 1)]
	}
	if len(want) > 0 && !slices.Equal(authors, want) {
		t.Errorf("%s: written by %q, not %q", p.Slug, authors, p.Authors)
	}
	if want := tags(p); !slices.Equal(got.Categories, want) && len(want) > 0 {
		t.Errorf("%s: about %q, not %q", p.Slug, got.Categories, want)
	}
	published := p.Time
	if as.Name == "atom" && published.IsZero() { // which must say when it was changed, and gofeed takes that for both
		published = time.Unix(0, 0)
	}
	if (got.PublishedParsed == nil) != published.IsZero() || got.PublishedParsed != nil && !got.PublishedParsed.Equal(published) {
		t.Errorf("%s: published %v, not %v", p.Slug, got.PublishedParsed, p.Time)
	}
	if p.Updated.After(p.Time) && (got.UpdatedParsed == nil || !got.UpdatedParsed.Equal(p.Updated)) {
		t.Errorf("%s: updated %v, not %v", p.Slug, got.UpdatedParsed, p.Updated)
	}
}

func TestText(t *testing.T) {
	f := feedOf(t, site())
	want := `<p>A <em>loaf</em>, see <a href="ssh://salt@blog.example.com:2222">salt</a>, <a href="https://example.com/?a=1&amp;b=2">that</a> and ` +
		`<a href="sftp://blog.example.com:2222/images/loaf.png">a picture</a>.</p><pre><code>a
	b ]]&gt;
</code></pre>`
	if got := f.html(f.Posts[0]); got != want {
		t.Errorf("\n%s\nnot\n%s", got, want)
	}
}

// TestIDsSurvive: ids stay the same when everything else about a blog and its posts changes.
func TestIDsSurvive(t *testing.T) {
	ids := func(f Feed) map[string]string {
		all := map[string]string{"the blog": f.id()}
		for _, p := range f.Posts {
			all[p.Lang+"/"+p.Slug] = postID(p)
		}
		return all
	}
	first := ids(feedOf(t, site()))
	seen := map[string]string{}
	for name, id := range first {
		if other := seen[id]; other != "" {
			t.Errorf("%s and %s share an id", name, other)
		}
		seen[id] = name
	}
	changes := map[string]func(fstest.MapFS){
		"the host and the title": func(files fstest.MapFS) {
			files["postern.toml"] = &fstest.MapFile{Data: []byte("title = \"Other\"\nlanguage = \"en\"\n")}
		},
		"a post's title and text": func(files fstest.MapFS) {
			files["bread.md"] = &fstest.MapFile{Data: []byte("---\ntitle: Other\ndate: 2026-11-20 23:00\n---\n\nOther.\n")}
		},
		"a post's file": func(files fstest.MapFS) {
			files["2026-11-20-bread.md"] = &fstest.MapFile{Data: []byte("---\ntitle: Bread\n---\n\nText.\n")}
			delete(files, "bread.md")
		},
	}
	for name, change := range changes {
		files := site()
		change(files)
		for which, id := range ids(feedOf(t, files)) {
			if first[which] != id {
				t.Errorf("%s: the id of %s was %s and is %s", name, which, first[which], id)
			}
		}
	}
	f := feedOf(t, site())
	if f.Tag = "bread"; f.id() == first["the blog"] {
		t.Error("a tag's feed has the id of the whole")
	}
	// Readers know posts by these for good: an id that changes here is a defect.
	if got := first["/bread"]; got != "urn:uuid:5807e6bd-3dab-5749-88e4-1fc9ed57f179" {
		t.Errorf("the id of /bread is %s", got)
	}
}

func TestSameBytes(t *testing.T) {
	for _, as := range Formats() {
		if !bytes.Equal(bytesOf(t, feedOf(t, site()), as), bytesOf(t, feedOf(t, site()), as)) {
			t.Errorf("%s: two feeds of one blog differ", as.Name)
		}
	}
}

func TestEmptyAndBrief(t *testing.T) {
	for _, as := range Formats() {
		f := feedOf(t, fstest.MapFS{})
		got, err := gofeed.NewParser().Parse(bytes.NewReader(bytesOf(t, f, as)))
		if err != nil || len(got.Items) != 0 || got.Title != "Postern" || got.Link != "ssh://HOST" {
			t.Errorf("%s: an empty feed is %+v, %v", as.Name, got, err)
		}
		f = feedOf(t, site())
		f.Brief = true
		if text := string(bytesOf(t, f, as)); strings.Contains(text, "loaf") || !strings.Contains(text, "Flour") {
			t.Errorf("%s: in brief it is %s", as.Name, text)
		}
	}
}

func TestSelf(t *testing.T) {
	for _, as := range Formats() {
		f := feedOf(t, site())
		f.Self = as.File
		got, err := gofeed.NewParser().Parse(bytes.NewReader(bytesOf(t, f, as)))
		if err != nil {
			t.Fatal(err)
		}
		want := "sftp://blog.example.com:2222/" + as.File
		if as.File == "" {
			want = ""
		}
		if got.FeedLink != want {
			t.Errorf("%s: it is at %q, not %q", as.Name, got.FeedLink, want)
		}
	}
}

// pipe takes some bytes, and is then closed.
type pipe struct{ left int }

func (p *pipe) Write(b []byte) (int, error) {
	if p.left -= len(b); p.left < 0 {
		return 0, io.ErrClosedPipe
	}
	return len(b), nil
}

// TestFeedIsStreamed: a reader that leaves after 100 KB of 10 MB ends the work.
func TestFeedIsStreamed(t *testing.T) {
	files := fstest.MapFS{}
	for i := range 1000 {
		files[fmt.Sprintf("post-%d.md", i)] = &fstest.MapFile{Data: []byte("---\ndate: 2026-01-01\n---\n\n" + strings.Repeat("Line after line.\n", 600))}
	}
	for _, as := range Formats() {
		f := feedOf(t, files)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if err := f.Write(&pipe{left: 100 << 10}, as); !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("%s: a closed pipe gives %v", as.Name, err)
		}
		runtime.ReadMemStats(&after)
		if n := after.TotalAlloc - before.TotalAlloc; n > 10<<20 {
			t.Errorf("%s: %d bytes were allocated for 100 KB", as.Name, n)
		}
	}
}

func BenchmarkFeed(b *testing.B) {
	files := fstest.MapFS{}
	for i := range Posts {
		files[fmt.Sprintf("post-%d.md", i)] = &fstest.MapFile{Data: []byte("---\ndate: 2026-01-01\n---\n\n" + strings.Repeat("Line after *line* of [a post](https://example.com).\n", 120))}
	}
	f := feedOf(b, files)
	for _, as := range Formats() {
		b.Run(as.Name, func(b *testing.B) {
			for b.Loop() {
				if err := f.Write(io.Discard, as); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
