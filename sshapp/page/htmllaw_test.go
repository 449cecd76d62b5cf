package page

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	nethtml "golang.org/x/net/html"

	"postern/content"
	"postern/content/sanitize"
	"postern/sshapp/page/document"
	"postern/sshapp/page/html"
)

// attributesOf are the tags that HTML may write, and the attributes of each.
var attributesOf = map[string][]string{
	"p": nil, "h1": nil, "h2": nil, "h3": nil, "h4": nil, "h5": nil, "h6": nil, "pre": nil, "code": {"class"}, "blockquote": nil,
	"ul": nil, "ol": {"start"}, "li": {"value"}, "dl": nil, "dt": nil, "dd": nil, "table": nil, "tr": nil, "th": {"colspan", "rowspan"}, "td": {"colspan", "rowspan"},
	"strong": nil, "em": nil, "del": nil, "ins": nil, "small": nil, "mark": nil, "kbd": nil, "a": {"href"},
	"hr": nil, "br": nil, "img": {"src", "alt"},
}

// inBlog gives every target within the blog an address.
func inBlog(target string) string { return "ssh://" + target + "@HOST" }

// readMarkup returns the text of a post's HTML. Its error says which law that breaks.
func readMarkup(markup string) (string, error) {
	var text strings.Builder
	var open []string
	z := nethtml.NewTokenizer(strings.NewReader(markup))
	for {
		switch z.Next() {
		case nethtml.ErrorToken:
			if len(open) > 0 {
				return "", fmt.Errorf("%q are left open", open)
			}
			return text.String(), nil
		case nethtml.TextToken:
			text.Write(z.Text())
		case nethtml.StartTagToken:
			tag := z.Token()
			allowed, known := attributesOf[tag.Data]
			if !known {
				return "", fmt.Errorf("a tag <%s>", tag.Data)
			}
			for _, a := range tag.Attr {
				if !slices.Contains(allowed, a.Key) {
					return "", fmt.Errorf("an attribute %s of <%s>", a.Key, tag.Data)
				}
				scheme, _, _ := strings.Cut(a.Val, ":")
				if (a.Key == "href" || a.Key == "src") && (!slices.Contains(slices.Collect(sanitize.Schemes()), strings.ToLower(scheme)) || document.EscapeURL(a.Val) != a.Val) {
					return "", fmt.Errorf("an address %q", a.Val)
				}
				if a.Key == "alt" {
					text.WriteString(a.Val)
				}
			}
			if tag.Data != "hr" && tag.Data != "br" && tag.Data != "img" {
				open = append(open, tag.Data)
			}
		case nethtml.EndTagToken:
			tag := z.Token().Data
			if n := len(open); n == 0 || open[n-1] != tag {
				return "", fmt.Errorf("</%s> ends one of %q", tag, open)
			}
			open = open[:len(open)-1]
		default:
			return "", fmt.Errorf("%q", z.Raw())
		}
	}
}

// holdMarkup checks a post's HTML against its laws.
func holdMarkup(t *testing.T, p *content.Post) {
	t.Helper()
	markup := html.Render(p, inBlog, nil)
	text, err := readMarkup(markup)
	if err != nil {
		t.Errorf("its HTML has %v: %s", err, markup)
	}
	if sanitize.Text(text) != text {
		t.Errorf("its HTML holds a control character: %q", text)
	}
	if bound := 40*len(p.Body) + 256<<10; len(markup) > bound {
		t.Errorf("%d bytes of Markdown make %d of HTML", len(p.Body), len(markup))
	}
	var said strings.Builder
	hasTable := false
	document.Read(p, nil).Root.EachLeaf(func(b *document.Block) {
		if b.Kind != document.Figure || !b.Captioned {
			said.WriteString(b.Plain() + " ")
		}
		hasTable = hasTable || b.Kind == document.TableCell
	})
	want, got := runes(strings.Join(words(said.String()), "")), runes(strings.Join(words(text), ""))
	switch i := missing(want, got); {
	case hasTable: // what stands between rows comes in front of them
		if len(got) < len(want) {
			t.Errorf("its HTML has %d letters of %d", len(got), len(want))
		}
	case i >= 0:
		t.Errorf("its HTML loses text from %q on", tail(strings.Join(want, ""), i))
	}
}
