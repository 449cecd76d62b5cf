package page

import (
	"strings"
	"testing"

	"postern/content"
	"postern/sshapp/page/document"
	"postern/sshapp/page/theme"
)

// TestHTMLState: what a block of HTML opens ends with it, wherever its end tag stands, and there is one or not.
func TestHTMLState(t *testing.T) {
	for _, tt := range []struct{ name, source, faint string }{
		{"ends on one line", "<center>\n\n<small>\n\nx\n\n</small></center>\n\ntext", "x"},
		{"an end in a paragraph", "<small>\n\nx\n\ny</small> text\n\ntext", "xy"},
		{"no end", "<center>\n<small>x\n</center>\n\ntext", "x"},
		{"no end, and nothing around it", "<small>\n\ntext", ""},
		{"no end, around what has one", "<div><small>x<div>y</div></div>\n\ntext", "xy"},
		{"no end in a paragraph", "text <small>x\n\ntext", "x"},
		{"an end by a component", "<small>x</small> <Aside>text", "x"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			faint := ""
			eachRun(post(tt.source), func(text string, r document.Run) {
				if r.Roles&document.Small != 0 {
					faint += strings.TrimSpace(text)
				}
			})
			if faint != tt.faint {
				t.Errorf("%q is small, not %q", faint, tt.faint)
			}
		})
	}
}

// TestSmall: small text stands back on up to two lines, of letters of any width.
func TestSmall(t *testing.T) {
	for _, tt := range []struct {
		source  string
		isFaint bool
	}{
		{strings.Repeat("a", 80), true},
		{strings.Repeat("a", 81), false},
		{strings.Repeat("灯", 40), true},
		{strings.Repeat("灯", 41), false},
		{strings.Repeat("é", 80), true},
	} {
		for _, source := range []string{"<small>" + tt.source + "</small>", "|a|\n|-|\n|<small>" + tt.source + "</small>|"} {
			p := New(post(source), 40, theme.Terminal())
			if isFaint := strings.Contains(strings.Join(p.Lines, ""), "\x1b[2m"+tt.source[:3]); isFaint != tt.isFaint {
				t.Errorf("%s is faint: %t", source, isFaint)
			}
		}
	}
}

// eachRun calls f for each run of a post's text.
func eachRun(p *content.Post, f func(text string, r document.Run)) {
	document.Read(p, nil).Root.EachLeaf(func(b *document.Block) { b.EachRun(string(b.Text), 0, len(b.Text), f) })
}

// TestHTMLBlocks has where blocks of HTML end, and what of them isn't shown.
func TestHTMLBlocks(t *testing.T) {
	for _, tt := range []struct{ name, source, want string }{
		{"a quote that ends in a paragraph", "<blockquote>\n\na\n\nb</blockquote>\n\nc", "│ a\n│\n│ b\n\nc"},
		{"a quote without an end", "<blockquote>a\n\nb", "│ a\n\nb"},
		{"a table without an end", "<table><tr><td>a\n\nb", "a\n\nb"},
		{"a link around paragraphs", "<a href=http://b.c>\n\na</a> b", "a b"},
		{"the fallback of a film", "<video src=a.mp4>Your browser doesn't support <b>video</b>.</video>b", figure("video · a.mp4") + "\n\nb"},
		{"a film of several formats", "<video controls>\n<source src=a.mp4><source src=a.webm>\nNo video.\n</video>\n\nb", figure("video · a.mp4") + "\n\nb"},
		{"the fallback of sound", "<audio>\n\n<source src=a.mp3>\n\nNo <a href=a.mp3>sound</a>.\n\n</audio>\n\nb", figure("audio · a.mp3") + "\n\nb"},
		{"the fallback of a frame", "<iframe src=http://a.b/c>No frames.</iframe>b", figure("embedded page · a.b/c") + "\n\nb"},
		{"the fallback of an object", "<object data=a.pdf>No PDF.</object>b", figure("embedded page · a.pdf") + "\n\nb"},
		{"a film without an end", "<video src=a.mp4>\n\nb", figure("video · a.mp4") + "\n\nb"},
		{"a film without an end of several formats", "<video><source src=a.mp4>b", figure("video · a.mp4") + "\n\nb"},
		{"a frame that closes itself", "<iframe src=a.b/c />\n\nb\n\n<iframe src=d></iframe>", figure("embedded page · a.b/c") + "\n\nb\n\n" + figure("embedded page · d")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.Join(New(post(tt.source), 40, theme.Terminal()).Plain(), "\n"); got != tt.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, tt.want)
			}
		})
	}
}

// figure returns the frame of a figure without alternative text.
func figure(name string) string { return "▣ " + name }

// TestMarkdownInHTML: the text in a block of HTML is Markdown, without blank lines around it too.
func TestMarkdownInHTML(t *testing.T) {
	for _, tt := range []struct{ name, source, want string }{
		{"on one line", "<center>**a** [b](http://c) `d_e_`</center>", "a b d_e_"},
		{"on lines of its own", "<center>\n## a\n\n**b** _c_\n- d\n</center>", "a\n─\n\nb c\n\n  • d"},
		{"pictures", "<center>\n![](a.png)\n*b*\n</center>", figure("a.png") + "\n  b"},
		{"in a table", "<table><tr><td>**a**</td><td>* b\n</td></tr></table>", "a │ * b"},
		{"blanks around marks", "<p>a <b>b</b> **c** <i>d</i> `e` f</p>", "a b c d e f"},
		{"entities", "<p>&lt;b&gt; &amp;amp; *a &lt;*</p>", "<b> &amp; a <"},
		{"underlines in names", "<p>__init__ a_b_c</p>", "__init__ a_b_c"},
		{"code", "<pre>*a*</pre>\n\n<div><code>*a* {{< b >}}</code> *c*</div>", "  *a*\n\n*a* {{< b >}} c"},
		{"code that would be a tag", "<p />\n---\n**From `<b:c>` to `D`**", "             ─────────────\n\nFrom <b:c> to D"},
		{"scripts", "<div><script>if (a < b) { *c* }</script>*d*</div>", "d"},
		{"a shortcode", "<div>\n{{< figure src=\"a.png\" alt=\"\" >}}\n</div>", figure("a.png")},
		{"a shortcode like a tag", "<div>{{<figure src=\"a.png\">}}</div>", figure("a.png")},
		{"shortcodes that wrap", "<div>{{% note %}}*a*{{% /note %}}</div>\n\nb", "┃ Note\n┃ a\n\nb"},
		{"in a list", "- <p>\n  *a* {{< note >}}\n  </p>", "  • a {{< note >}}"},
		{"lines in a quote", "> <p>\n> *a*\n> *b*\n> </p>", "│ *a* *b*"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.Join(New(post(tt.source), 40, theme.Terminal()).Plain(), "\n"); got != tt.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, tt.want)
			}
		})
	}
}
