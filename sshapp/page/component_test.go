package page

import (
	"strings"
	"testing"

	"postern/sshapp/page/html"
	"postern/sshapp/page/theme"
)

// TestComponents has what components on lines of their own hold, which is Markdown, and what their attributes say.
func TestComponents(t *testing.T) {
	for _, tt := range []struct{ name, source, want string }{
		{"what somebody says", "<Conv name=\"Aoi\" mood=\"wut\">\nThat is _so_.\n</Conv>", "Aoi │ That is so."},
		{"what somebody says at length", "<Conv name={\"Aoi\"}>\n\n*a*\n\n- b\n- c\n\n</Conv>\n\nd", "Aoi │ a\n    │\n    │   • b\n    │   • c\n\nd"},
		{"on one line", "<Conv name='Aoi'>That is _so_.</Conv>\n\nd", "Aoi │ That is so.\n\nd"},
		{"an end beside the text", "<Conv name=\"Aoi\">That\nis _so_.</Conv>\n\nd", "Aoi │ That is so.\n\nd"},
		{"text behind the end", "<Conv name=\"Aoi\">\nThat.\n</Conv> *d*\n\n<Conv name=\"Aoi\">\nx</Conv>", "Aoi │ That.\n\nd\n\nAoi │ x"},
		{"indented", "<ConvP>\n  <Conv name=\"Aoi\">\n    *a*\n\n    - b\n  </Conv>\n  <Conv name=\"Mara\">\n      c\n  </Conv>\n</ConvP>", "Aoi │ a\n    │\n    │   • b\n\nMara │ c"},
		{"code in it", "<Tab name=\"a\">\n```js\n</Tab>\n  <b>\n```\n</Tab>\nd", "a │   </Tab>\n  │     <b>\n\nd"},
		{"of one name in each other", "<Box>\n*a*\n<Box>\n*b*\n</Box>\n*c*\n</Box>\n*d*", "a\n\nb\n\nc\n\nd"},
		{"a tag over lines", "<Conv\n  name=\"Aoi\"\n  onClick={() => a > b}\n>\n*a*\n</Conv>", "Aoi │ a"},
		{"a title", "<Section title=\"The *first*\">\n*a*\n</Section>", "The *first*\na"},
		{"somebody who says nothing", "<Member name=\"Aoi\" title=\"Engineer\" />\n\n<Member name=\"Mara\" title=\"Doctor\" />", "Aoi │ Engineer\n\nMara │ Doctor"},
		{"the place of a table of contents", "a\n\n<InlineToc />\n\nb\n\n<Toc>\n*c*\n</Toc>", "a\n\nb\n\nc"},
		{"a label", "<TabItem label=\"npm\">\n*a*\n</TabItem>", "npm\na"},
		{"a figure", "<Picture path=\"a/b.png\" desc=\"c\" />\n\nd", "╭──────────────────────────╮\n│ c                        │\n│ b.png                    │\n╰──────────────────────────╯\n\nd"},
		{"a figure with a caption", "<Photo src='a/b.png' alt='c' caption='d'></Photo>", "╭──────────────────────────╮\n│ c                        │\n│ b.png                    │\n╰──────────────────────────╯\n  d"},
		{"a picture with a title", "<Card url=\"http://a.b\" image=\"c.png\" title=\"d\" description=\"e\" />", "╭──────────────────────────╮\n│ e                        │\n│ c.png                    │\n╰──────────────────────────╯\n  d"},
		{"in a quote", "> <Conv name=\"Aoi\">\n> *a*\n> </Conv>\n>\n> <Big>b</Big>\n>\n> <Big>\n> c</Big>\n>\n> *d*", "│ Aoi │ a\n│\n│ b\n│\n│ c\n│\n│ d"},
		{"in an entry", "- <Conv name=\"Aoi\">\n  *a*\n  </Conv>\n- <Big>b</Big>", "  • Aoi │ a\n  • b"},
		{"a blank of JSX behind it", "<Conv name=\"Aoi\">\na\n</Conv>{\" \"}\n\nb", "Aoi │ a\n\nb"},
		{"what is drawn", "<Diagram name=\"d\" alt=\"so\">\n*a*\n</Diagram>", "a\n  so"},
		{"a link", "<LinkCard title=\"a\" desc=\"b\" href=\"http://c.d\" />", "a\n  b"},
		{"an address", "<Toot url=\"http://a.b/c\" />", "http://a.b/c"},
		{"an alert", "<Note>\n*a*\n</Note>\n\n<Admonition type=\"tip\" title=\"b\">\n*c*\n</Admonition>", "┃ Note\n┃ a\n\n┃ b\n┃ c"},
		{"what folds", "<Accordion title=\"a\">\n*b*\n</Accordion>", "▾ a\n  b"},
		{"one that says nothing", "<Chart rows={[1]} />", "<Chart rows={[1]} />"},
		{"one without an end", "<Chart>\n*a*\n\n*b*", "<Chart> a\n\nb"},
		{"an address", "- <http://a.b/>", "  • http://a.b/"},
		{"a word in brackets", "text\n<T>\n*b*", "text <T> b"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.Join(New(post(tt.source), 40, theme.Terminal()).Plain(), "\n"); got != tt.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, tt.want)
			}
		})
	}
}

// TestMDX: in MDX, what HTML holds is Markdown too, and nothing is code for being indented.
func TestMDX(t *testing.T) {
	for _, tt := range []struct{ name, source, want string }{
		{"Markdown in HTML", "<div className=\"x\">\n  *a*\n  <div>\n      - b\n  </div>\n</div>\n\n    *c*", "a\n\n  • b\n\nc"},
		{"HTML below text", "text\n<center>\n*a*\n</center>", "text\n\na"},
		{"a picture that closes itself", "<img src=\"a.png\" alt=\"\" />\n*b*", figure("a.png") + "\n\nb"},
		{"details", "<details>\n<summary>*a*</summary>\n\n- b\n</details>", "▾ a\n    • b"},
		{"a film", "<video src=\"a.mp4\" controls>\n  No *film*.\n</video>\n\nb", figure("video · a.mp4") + "\n\nb"},
		{"code", "<pre>\n*a*\n</pre>", "  *a*"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := post(tt.source)
			p.Path = "post.mdx"
			if got := strings.Join(New(p, 40, theme.Terminal()).Plain(), "\n"); got != tt.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, tt.want)
			}
		})
	}
}

// TestSpeech: who speaks is heard, and stands in feeds. No name is cut.
func TestSpeech(t *testing.T) {
	names := post("<Conv name=\"Aoi\">\na\n</Conv>\n\n<Member name=\"Ana Maria de Oliveira\" title=\"b\">\nc\n</Member>\n\n<Member name=\"A B\" title=\"d\" />")
	if got, want := strings.Join(New(names, 40, theme.Terminal()).Plain(), "\n"), "Aoi │ a\n\nAna Maria de Oliveira\n│ b\n│ c\n\nA B │ d"; got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	holdLaws(t, names, 40, theme.Terminal())
	p := post("<Conv name=\"Aoi\">\na\n</Conv>")
	if got, want := strings.Join(New(p, 40, Spoken()).Plain(), "\n"), "Aoi: a\nEnd of what Aoi says."; got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	if got, want := html.Render(p, inBlog, nil), "<blockquote><p><strong>Aoi</strong></p><p>a</p></blockquote>"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestLinksOfComponents: where a component leads is one of the page's links, whatever else it says.
func TestLinksOfComponents(t *testing.T) {
	for _, tt := range []struct{ name, source, want string }{
		{"a title", "<LinkCard title=\"a\" href=\"https://a.b\" />", "a"},
		{"a name and a title", "<LinkCard name=\"Docs\" title=\"Read them\" url=\"https://a.b\" />", "Read them\n  Docs"},
		{"a name", "<LinkCard name=\"Docs\" href=\"https://a.b\" />", "Docs"},
		{"what somebody says", "<Quote name=\"Aoi\" title=\"Engineer\" href=\"https://a.b\">\n*c*\n</Quote>", "Aoi │ Engineer\n    │ c"},
		{"what somebody without a title says", "<Quote name=\"Aoi\" url=\"https://a.b\">\n*c*\n</Quote>", "Aoi │ https://a.b\n    │ c"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			page := New(post(tt.source), 40, theme.Terminal())
			if got := strings.Join(page.Plain(), "\n"); got != tt.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, tt.want)
			}
			if len(page.Links) != 1 || page.Links[0].Target != "https://a.b" {
				t.Errorf("the links are %v", page.Links)
			}
			holdLaws(t, post(tt.source), 40, theme.Terminal())
		})
	}
}

// TestComponentsWithNamesOfElements: in MDX a capital letter makes a component of the name of an element.
func TestComponentsWithNamesOfElements(t *testing.T) {
	p := post("a\n\n<P\n  file=\"b\"\n  desc=\"c d\"\n/>\n\n<S desc=\"e\" />\n\n<p>f</p>")
	p.Path = "post.mdx"
	if got, want := strings.Join(New(p, 40, theme.Terminal()).Plain(), "\n"), "a\n\nc d\n\ne\n\nf"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	holdLaws(t, p, 40, theme.Terminal())
}

// TestTitleOfCode: the title of code is heard, and stands in feeds. It counts as no characters of the post.
func TestTitleOfCode(t *testing.T) {
	p := post("```js a.js\nb\n```\n\n```:c.txt\nd\n```")
	holdLaws(t, p, 40, theme.Terminal())
	want := "Code, js, a.js, 1 line:\nb\nEnd of code.\n\nCode, c.txt, 1 line:\nd\nEnd of code."
	if got := strings.Join(New(p, 40, Spoken()).Plain(), "\n"); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	if got := html.Render(p, inBlog, nil); !strings.HasPrefix(got, "<p><strong>a.js</strong></p><pre><code class=\"language-js\">b\n") {
		t.Errorf("got %s", got)
	}
}
