package feed

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"postern/content"
	"postern/content/sanitize"
)

// The rules of the formats that apply to what the package writes.

// An xmlNode is an element of a document.
type xmlNode struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Text    string     `xml:",chardata"`
	Nodes   []xmlNode  `xml:",any"`
}

func (n xmlNode) all(name string) []xmlNode {
	var all []xmlNode
	for _, c := range n.Nodes {
		if c.XMLName.Local == name && c.XMLName.Space == n.XMLName.Space {
			all = append(all, c)
		}
	}
	return all
}

func (n xmlNode) attr(name string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// readXML parses a document, which must be well-formed: with one root, and without characters that XML 1.0 doesn't allow.
func readXML(data []byte) (xmlNode, error) {
	var root xmlNode
	d := xml.NewDecoder(bytes.NewReader(data))
	if err := d.Decode(&root); err != nil {
		return root, err
	}
	if t, err := d.Token(); !errors.Is(err, io.EOF) && strings.TrimSpace(fmt.Sprintf("%s", t)) != "" {
		return root, fmt.Errorf("%v stands behind the root", t)
	}
	for _, r := range string(data) { // section 2.2
		if !(r == '\t' || r == '\n' || r >= 0x20 && r <= 0xd7ff || r >= 0xe000 && r <= 0xfffd || r >= 0x10000) {
			return root, fmt.Errorf("it holds %U", r)
		}
	}
	return root, nil
}

// A rules collects violations.
type rules struct{ errs []error }

func (r *rules) hold(ok bool, format string, args ...any) {
	if !ok {
		r.errs = append(r.errs, fmt.Errorf(format, args...))
	}
}

// text returns the text of the only element of a name.
func (r *rules) text(n xmlNode, name string) string {
	all := n.all(name)
	r.hold(len(all) == 1, "%s has %d of %s", n.XMLName.Local, len(all), name)
	if len(all) == 0 {
		return ""
	}
	r.hold(all[0].Text != "", "%s is empty", name)
	return all[0].Text
}

func (r *rules) date(s, layout string) time.Time {
	t, err := time.Parse(layout, s)
	r.hold(err == nil, "a date: %v", err)
	return t
}

func (r *rules) address(s string) {
	u, err := url.Parse(s)
	r.hold(err == nil && u.IsAbs() && u.Host != "", "an address %q", s)
}

var urn = regexp.MustCompile(`^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)

func (r *rules) ids(all []string) {
	for i, id := range all {
		r.hold(urn.MatchString(id), "an id %q", id)
		r.hold(slices.Index(all, id) == i, "the id %q twice", id)
	}
}

// validAtom checks a document against RFC 4287, sections 4.1 and 4.2.
func validAtom(data []byte) error {
	root, err := readXML(data)
	if err != nil {
		return err
	}
	r := &rules{}
	r.hold(root.XMLName == xml.Name{Space: "http://www.w3.org/2005/Atom", Local: "feed"}, "the root is %v", root.XMLName)
	ids := []string{r.text(root, "id")}
	r.text(root, "title")
	updated := r.date(r.text(root, "updated"), time.RFC3339)
	r.hold(len(root.all("author")) == 1 && len(root.all("author")[0].all("name")) == 1, "the feed has no author")
	r.links(root)
	var newest time.Time
	for _, e := range root.all("entry") {
		ids = append(ids, r.text(e, "id"))
		r.text(e, "title")
		r.links(e)
		changed := r.date(r.text(e, "updated"), time.RFC3339)
		for _, p := range e.all("published") {
			r.hold(!changed.Before(r.date(p.Text, time.RFC3339)), "an entry was updated before it was published")
		}
		if changed.After(newest) {
			newest = changed
		}
		for _, c := range e.all("content") {
			r.hold(c.attr("type") == "html" && len(c.Nodes) == 0, "content of type %q with %d elements", c.attr("type"), len(c.Nodes))
		}
		r.hold(len(e.all("published")) <= 1 && len(e.all("summary")) <= 1 && len(e.all("content")) <= 1, "an entry says something twice")
		for _, c := range e.all("category") {
			r.hold(c.attr("term") != "", "a category without a term")
		}
		for _, a := range e.all("author") {
			r.text(a, "name")
		}
	}
	r.hold(updated.Equal(newest) || len(root.all("entry")) == 0, "the feed was updated at %v, and its newest entry at %v", updated, newest)
	r.ids(ids)
	return errors.Join(r.errs...)
}

// links checks the links of a feed or an entry (section 4.2.7).
func (r *rules) links(n xmlNode) {
	seen := map[string]bool{}
	for _, l := range n.all("link") {
		r.address(l.attr("href"))
		r.hold(!seen[l.attr("rel")], "two links of rel %q", l.attr("rel"))
		seen[l.attr("rel")] = true
	}
	r.hold(seen["alternate"], "%s has no link", n.XMLName.Local)
}

// validRSS checks a document against https://www.rssboard.org/rss-specification.
func validRSS(data []byte) error {
	root, err := readXML(data)
	if err != nil {
		return err
	}
	r := &rules{}
	r.hold(root.XMLName.Local == "rss" && root.attr("version") == "2.0" && len(root.all("channel")) == 1, "the root is %v", root.XMLName)
	if len(root.all("channel")) != 1 {
		return errors.Join(r.errs...)
	}
	channel := root.all("channel")[0]
	r.text(channel, "title")
	r.address(r.text(channel, "link"))
	r.hold(len(channel.all("description")) == 1, "the channel has no description")
	for _, d := range channel.all("lastBuildDate") {
		r.date(d.Text, time.RFC1123Z)
	}
	var ids []string
	for _, item := range channel.all("item") {
		r.text(item, "title")
		r.address(r.text(item, "link"))
		ids = append(ids, r.text(item, "guid"))
		for _, g := range item.all("guid") {
			r.hold(g.attr("isPermaLink") == "false", "an id is said to be an address")
		}
		for _, d := range item.all("pubDate") {
			r.date(d.Text, time.RFC1123Z)
		}
	}
	r.ids(ids)
	return errors.Join(r.errs...)
}

// validJSON checks a document against https://www.jsonfeed.org/version/1.1/.
func validJSON(data []byte) error {
	var root struct {
		jsonFeed
		Items []jsonItem `json:"items"`
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&root); err != nil {
		return err
	}
	r := &rules{}
	_, err := d.Token()
	r.hold(errors.Is(err, io.EOF) && utf8.Valid(data), "something stands behind the root, or it isn't UTF-8")
	r.hold(root.Version == "https://jsonfeed.org/version/1.1" && root.Title != "" && root.Items != nil, "the feed says %+v", root.jsonFeed)
	r.address(root.HomePage)
	var ids []string
	for _, i := range root.Items {
		ids = append(ids, i.ID)
		r.address(i.URL)
		r.hold((i.HTML == "") != (i.Text == ""), "an item has %d bytes of HTML and %d of text", len(i.HTML), len(i.Text))
		for _, s := range []string{i.Published, i.Modified} {
			if s != "" {
				r.date(s, time.RFC3339)
			}
		}
		for _, a := range i.Authors {
			r.hold(a.Name != "", "an author without a name")
		}
	}
	r.ids(ids)
	return errors.Join(r.errs...)
}

func valid(as Format, data []byte) error {
	if !bytes.HasSuffix(data, []byte("\n")) || bytes.ContainsAny(data, "\r\x1b\x00") {
		return errors.New("it ends without a line end, or holds a control character")
	}
	return map[string]func([]byte) error{"atom": validAtom, "rss": validRSS, "json": validJSON}[as.Name](data)
}

func TestFeedsAreValid(t *testing.T) {
	for _, as := range Formats() {
		for _, brief := range []bool{false, true} {
			f := feedOf(t, site())
			f.Brief, f.Self = brief, as.File
			if err := valid(as, bytesOf(t, f, as)); err != nil {
				t.Errorf("%s: %v", as.Name, err)
			}
		}
		if err := valid(as, bytesOf(t, feedOf(t, fstest.MapFS{}), as)); err != nil {
			t.Errorf("%s, empty: %v", as.Name, err)
		}
	}
}

// FuzzFeed: feeds of any posts are valid in all formats.
func FuzzFeed(f *testing.F) {
	f.Add("T", "S", "tag", "ada", "en", "# Text\n\n*a* <b> ]]> & \ufffe\uffff", int64(0))
	f.Add("<![CDATA[", "]]>", "&amp;", "<a>", "x-\"", "&#xFFFE; &#1; <script>", int64(-1<<40))
	f.Add("\u2028\ufdd0", "\U0001fffe", "\"", "'", "", "```\n\u0085\n```", int64(1<<33))
	f.Fuzz(func(t *testing.T, title, summary, tag, author, lang, body string, at int64) {
		lib, err := content.Load(fstest.MapFS{"a.md": {Data: []byte("---\ndate: 2026-01-01\n---\n\na")}})
		if err != nil {
			t.Fatal(err)
		}
		clean := func(s string) string { return strings.Join(strings.Fields(sanitize.Text(s)), " ") }
		p := &content.Post{
			Path: "p.md", Slug: "p", Title: "T" + clean(title), Summary: clean(summary), Tags: []string{"t" + clean(tag)},
			Authors: []string{"a" + clean(author)}, Lang: clean(lang), Body: sanitize.Text(body), Day: "2026-01-01",
			Time: time.Unix(at%(1<<35), 0), Updated: time.Unix(at/2%(1<<35), 0),
		}
		feed := Feed{Edition: lib.At(today), Posts: []*content.Post{p}, Key: "key"}
		for _, as := range Formats() {
			if err := valid(as, bytesOf(t, feed, as)); err != nil {
				t.Errorf("%s: %v", as.Name, err)
			}
		}
	})
}
