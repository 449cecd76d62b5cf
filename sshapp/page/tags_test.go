package page

import (
	"strings"
	"testing"

	"postern/sshapp/page/theme"
)

// TestTags holds what becomes of the tags of generators and templates.
func TestTags(t *testing.T) {
	for _, tt := range []struct{ name, source, want string }{
		{"a text is code", "a\n\n{{raw `\n\tx := *y*\n\n\t\tz := {{1}}\n`}}\n\nb", "a\n\n  x := *y*\n\n      z := {{1}}\n\nb"},
		{"a text below a paragraph", "a\n{{raw `\nx := 1\n`}}\nb", "a\n\n  x := 1\n\nb"},
		{"a text that begins and ends beside its tag", "{{html `x := 1\n\ny := 2`}}\n\nb", "  x := 1\n\n  y := 2\n\nb"},
		{"a text in a quote", "> {{raw `\n> x\n> `}}\n>\n> b", "│   x\n│\n│ b"},
		{"a text without an end", "{{raw `\nx\n\n*b*", "{{raw ` x\n\nb"},
		{"a text of HTML", "{{raw `\n<b>x</b>\n`}}\n\n*b*", "x\n\nb"},
		{"a text within a line", "a {{raw \"<\"}}b> {{raw `*c*`}} {{\"{{\"}} d {{'}}'}} {{\"e\"}}", "a <b> c {{ d }} {{\"e\"}}"},
		{"a text within code", "`n {{raw \"<\"}}= 1 {{\"{{\"}}`\n\n\tn {{raw \"<\"}}= 1", "n <= 1 {{\"{{\"}}\n\n  n <= 1"},
		{"a tag of Go that is called as one with an end", "{{code \"x.go\" /start/ /end/}}\n\n*b*\n\n{{code `/a/` }}\n\nc", "{{code \"x.go\" /start/ /end/}}\n\nb\n\n{{code `/a/` }}\n\nc"},
		{"a block without an end", "{% highlight go %}\n*a*\n\n*b*", "{% highlight go %} a\n\nb"},
		{"a block whose end is above", "{% code %}\nx\n{% endcode %}\n\n{% code %}\n\n*b*", "  x\n\n{% code %}\n\nb"},
		{"the size of a picture", "{{image \"a.png\" 850}}", figure("a.png")},
		{"text beside an end", "{% highlight go %}\na := 1\nb := 2{% endhighlight %}\n\nc", "  a := 1\n  b := 2\n\nc"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.Join(New(post(tt.source), 40, theme.Terminal()).Plain(), "\n"); got != tt.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, tt.want)
			}
		})
	}
}
