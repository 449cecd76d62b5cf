package page

import (
	"strings"
	"testing"

	"postern/content"
	"postern/sshapp/cell"
	"postern/sshapp/page/theme"
)

// TestRightToLeft: right-to-left text ends at the right margin, and so does what marks it. In a pipe it isn't moved.
func TestRightToLeft(t *testing.T) {
	post := &content.Post{Body: "متن کوتاه.\n\n## عنوان\n\n- یک\n- دو\n\n1. سه\n\n> نقل قول\n\nEnglish text.\n"}
	const width = 30
	p := New(post, width, theme.Terminal())
	want := []string{
		strings.Repeat(" ", 20) + "متن کوتاه.\u200f", "", "", strings.Repeat(" ", 25) + "عنوان\u200f", strings.Repeat(" ", 25) + "─────", "",
		strings.Repeat(" ", 26) + "یک\u200f\u200e •", strings.Repeat(" ", 26) + "دو\u200f\u200e •", "", strings.Repeat(" ", 25) + "سه\u200f\u200e .1", "",
		"│" + strings.Repeat(" ", 22) + "نقل قول\u200f", "", "English text.",
	}
	if got := strings.Join(p.Plain(), "\n"); got != strings.Join(want, "\n") {
		t.Errorf("it is\n%q\nand not\n%q", got, strings.Join(want, "\n"))
	}
	for _, l := range p.Plain() {
		if n := cell.LineWidth(l); n > width {
			t.Errorf("%d cells: %q", n, l)
		}
	}
	post = &content.Post{Language: "fa", Body: "Go زبان است.\n\nGo\n\n| نام | a |\n|--|--|\n| ب | cde |\n\n> نقل\n>\n> Go\n\n> [!NOTE]\n> ب\n"}
	want = []string{
		strings.Repeat(" ", 18) + "\u200fGo زبان است.\u200f", "", "Go", "",
		strings.Repeat(" ", 21) + "  a │ نام", strings.Repeat(" ", 21) + "────┼────", strings.Repeat(" ", 21) + "cde │   ب", "",
		strings.Repeat(" ", 25) + "نقل\u200f\u200e │", strings.Repeat(" ", 29) + "│", "Go" + strings.Repeat(" ", 27) + "│", "",
		strings.Repeat(" ", 24) + "نکته\u200f\u200e ┃", strings.Repeat(" ", 27) + "ب\u200f\u200e ┃",
	}
	if got := strings.Join(New(post, width, theme.Terminal()).Plain(), "\n"); got != strings.Join(want, "\n") {
		t.Errorf("in a Persian post it is\n%q\nand not\n%q", got, strings.Join(want, "\n"))
	}
	post = &content.Post{Language: "he", Body: "> [!NOTE]\n> ב\n"} // whose words the page lacks
	if got := New(post, width, theme.Terminal()).Plain()[0]; got != strings.Repeat(" ", 24)+"Note ┃" {
		t.Errorf("a title in English is %q", got)
	}
	post = &content.Post{Body: "متن کوتاه."}
	if got := New(post, width, theme.Plain()).Lines[0]; got != "متن کوتاه." {
		t.Errorf("in a pipe it is %q", got)
	}
}

// TestRightToLeftPost: what stands for a picture is at the right of a right-to-left post, signs at the ends of code stay with it, and a
// paragraph that quotes a word is a left-to-right one.
func TestRightToLeftPost(t *testing.T) {
	const width = 30
	pad := func(text string) string { return strings.Repeat(" ", width-cell.LineWidth(text)) + text }
	for _, tt := range []struct{ body, want string }{
		{"![](a.png)", pad("a.png ▣")},
		{"- ![](a.png)", pad("a.png ▣ •")},
		{"![דהו](a.png)", pad("╭──────────────────────────╮") + "\n  │ " + strings.Repeat(" ", 21) + "דהו\u200f\u200e │\u200f\n  │ " + strings.Repeat(" ", 19) + "a.png │\n" + pad("╰──────────────────────────╯")},
		{"אב `--all` גד", pad("אב \u200e--all גד\u200f")},
		{"`/a/b/` גד", pad("\u200f\u200e/a/b/\u200e גד\u200f")},
		{"אב `rm x` ו <https://a.example/>", pad("אב rm x ו https://a.example/\u200e\u200f")},
		{"One two three דהו four", "One two three דהו four"},
		{"SSH Agent Forwarding דהו", pad("\u200fSSH Agent Forwarding דהו\u200f")},
		{"> ab\n>\n> cd\n\nב\n\n> ab\n>\n> ג", "│ ab\n│\n│ cd\n\n" + pad("ב\u200f") + "\n\n" + pad("ab"+strings.Repeat(" ", 26)+" │") + "\n" + pad("│") + "\n" + pad("ג\u200f\u200e │")},
		{"- ב\n- `192.168.1.1`\n- 7 / 8", pad("ב\u200f\u200e •") + "\n" + pad("\u200f192.168.1.1\u200f\u200e •") + "\n" + pad("\u200f7 / 8\u200f\u200e •")},
		{"- ב\n- .bashrc\n  - Go\n- One two three four five six seven", pad("ב\u200f\u200e •") + "\n" + pad(".bashrc •") + "\n" + strings.Repeat(" ", 24) + "Go ◦\n• One two three four five six\n  seven"},
		{"- ב\n- One two three four ג five", pad("ב\u200f\u200e •") + "\n" + pad("\u200fOne two three four ג five\u200f\u200e •")},
		{"- Go\n- Rust", "• Go\n• Rust"},
		{"## FAQ", pad("FAQ") + "\n" + pad("───")},
		{"9. ב\n10. ג", strings.Repeat(" ", 25) + "ב\u200f\u200e .9\n" + pad("ג\u200f\u200e .10")},
	} {
		post := &content.Post{Title: "אבג", Body: tt.body}
		if got := strings.Join(New(post, width, theme.Terminal()).Plain(), "\n"); got != tt.want {
			t.Errorf("%s is\n%q\nand not\n%q", tt.body, got, tt.want)
		}
	}
}
