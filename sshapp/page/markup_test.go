package page

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"postern/content"
	"postern/content/sanitize"
	"postern/sshapp/page/document"
)

// attributesOf are the tags that HTML may write, and the attributes of each.
var attributesOf = map[string][]string{
	"p": nil, "h1": nil, "h2": nil, "h3": nil, "h4": nil, "h5": nil, "h6": nil, "pre": nil, "code": {"class"}, "blockquote": nil,
	"ul": nil, "ol": {"start"}, "li": {"value"}, "dl": nil, "dt": nil, "dd": nil, "table": nil, "tr": nil, "th": nil, "td": nil,
	"strong": nil, "em": nil, "del": nil, "ins": nil, "small": nil, "mark": nil, "kbd": nil, "a": {"href"},
	"hr": nil, "br": nil, "img": {"src", "alt"},
}

// inBlog gives every target within the blog an address.
func inBlog(target string) string { return "ssh://" + target + "@HOST" }

// readMarkup returns the text of a post's HTML. Its error says which law that breaks.
func readMarkup(markup string) (string, error) {
	var text strings.Builder
	var open []string
	z := html.NewTokenizer(strings.NewReader(markup))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if len(open) > 0 {
				return "", fmt.Errorf("%q are left open", open)
			}
			return text.String(), nil
		case html.TextToken:
			text.Write(z.Text())
		case html.StartTagToken:
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
				if (a.Key == "href" || a.Key == "src") && (!slices.Contains(slices.Collect(document.Schemes()), strings.ToLower(scheme)) || document.EscapeURL(a.Val) != a.Val) {
					return "", fmt.Errorf("an address %q", a.Val)
				}
				if a.Key == "alt" {
					text.WriteString(a.Val)
				}
			}
			if tag.Data != "hr" && tag.Data != "br" && tag.Data != "img" {
				open = append(open, tag.Data)
			}
		case html.EndTagToken:
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
	markup := HTML(p, inBlog)
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
	document.Read(p).Root.EachLeaf(func(b *document.Block) {
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

func TestHTML(t *testing.T) {
	tests := []struct{ name, body, want string }{
		{"a paragraph", "A *b* **c** `d` & <T>\\\ne", "<p>A <em>b</em> <strong>c</strong> <code>d</code> &amp; &lt;T&gt;<br>e</p>"},
		{"code", "```go {1,3}\na < b\n\n\tc\n```", "<pre><code class=\"language-go\">a &lt; b\n\n\tc\n</code></pre>"},
		{"a language that isn't one", "<pre class=\"x\"><code class=\"language-&quot;><script>\">a</code></pre>", "<pre><code>a\n</code></pre>"},
		{"lists", "- a\n- [x] b\n\n3. c\n\n   d", "<ul><li>a</li><li>☑ b</li></ul><ol start=\"3\"><li>c<p>d</p></li></ol>"},
		{"terms", "A\n: b\n\nC\n: d", "<dl><dt>A</dt><dd>b</dd><dt>C</dt><dd>d</dd></dl>"},
		{"a table", "| a | b |\n|---|--:|\n| 1 | *2* |", "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td><em>2</em></td></tr></table>"},
		{"an alert", "> [!TIP]\n> a", "<blockquote><p><strong>Tip</strong></p><p>a</p></blockquote>"},
		{"a note", "a[^n]\n\n[^n]: b", "<p>a¹</p><hr><ol><li value=\"1\">b</li></ol>"},
		{"links", "[a *b*](https://example.com/?x=1&y=\") [c](../d.md) [e](#f)",
			"<p><a href=\"https://example.com/?x=1&amp;y=%22\">a <em>b</em></a> <a href=\"ssh://../d.md@HOST\">c</a> e</p>"},
		{"a script", "a<script>alert(1)</script>b <b onclick=\"x()\">c</b>", "<p>ab <strong>c</strong></p>"},
		{"a link that runs something", "[a](javascript:alert(1)) <a href=\"java&#10;script:x\">b</a> [c](data:text/html,x) [d](vbscript:x)", "<p>a b c d</p>"},
		{"a frame", "<iframe src=\"https://www.example.com/v\" onload=\"x()\"></iframe>", "<p><a href=\"https://www.example.com/v\">[iframe · example.com/v]</a></p>"},
		{"a picture outside", "![a \"b\"](https://example.com/x.png)", "<p><img src=\"https://example.com/x.png\" alt=\"a &#34;b&#34;\"></p>"},
		{"a picture inside", "![a](x.png)", "<p><a href=\"ssh://x.png@HOST\">a</a></p>"},
		{"a picture that runs something", "![a](javascript:x)", "<p>a</p>"},
		{"the title again", "# No such title\n\na", "<p>a</p>"},
		{"entities", "&lt;script&gt; &#27;[31m &#xFFFE; \u202e", "<p>&lt;script&gt; \ufffd[31m \ufffe \ufffd</p>"},
		{"a shortcode", "{{< details \"a\" >}}\nb\n{{< /details >}}", "<p><strong>a</strong></p><p>b</p>"},
	}
	for _, tt := range tests {
		if got := HTML(post(tt.body), inBlog); got != tt.want {
			t.Errorf("%s:\n%s\nnot\n%s", tt.name, got, tt.want)
		}
	}
}

func TestTargets(t *testing.T) {
	got := Targets(post("[a](b.md) ![c](d.png) [e](https://example.com) [f](#g) <img src=\"h%20i.png\"> `![](no.png)` [j]\n\n[j]: k"))
	if want := []string{"b.md", "d.png", "h%20i.png", "k"}; !slices.Equal(got, want) {
		t.Errorf("%q, not %q", got, want)
	}
}
