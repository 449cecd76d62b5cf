package page

import (
	"strings"
	"testing"
	"testing/fstest"

	"postern/content"
	"postern/sshapp/page/html"
	"postern/sshapp/page/theme"
)

// jekyll returns a post of a blog whose generator runs templates.
func jekyll(t *testing.T, body string) *content.Post {
	t.Helper()
	l, err := content.Load(fstest.MapFS{
		"_config.yml":            {Data: []byte("title: The blog\nurl: https://example.com\n")},
		"_data/releases.yml":     {Data: []byte("- {version: '1.0', url: http://a.b/1.gz, sum: abc}\n- {version: '1.1', url: http://a.b/2.gz}\n")},
		"_posts/2024-01-02-p.md": {Data: []byte("---\ntitle: No such title\nhero: a.png\n---\n" + body)},
		"_posts/x.go":            {Data: []byte("package x\n\n// START OMIT\nfunc a() {\n\tb()\n}\n\n// END OMIT\nfunc c() {\n}\n")},
		"_posts/x.html":          {Data: []byte("<p>*a* <b>b</b></p>")},
	})
	if err != nil {
		t.Fatal(err)
	}
	p, ok := l.Post("_posts/2024-01-02-p.md")
	if !ok {
		t.Fatal("there is no such post")
	}
	return p
}

// TestTemplates has what becomes of templates in a blog whose generator runs them.
func TestTemplates(t *testing.T) {
	for _, tt := range []struct{ name, source, want string }{
		{"values", "{{ page.title }} in {{site.title}}{{ site.baseurl }} | {{ page.title | upcase }} | {{ \"/a\" | relative_url }}", "No such title in The blog | NO SUCH TITLE | /a"},
		{"no values", "a {{ page.nosuch }}b {{ site.posts | size }}", "a {…}b {…}"},
		{"an address", "<{{ site.url }}> and {{ site.url }}/x", "https://example.com and https://example.com/x"},
		{"assignments", "{% assign r = site.data.releases | where: \"version\", \"1.0\" | first %}\n\nRuby {{ r.version }}: <{{ r.url }}>, [notes](https://a.b/{{ r.version }}/{{ r.nosuch }}) [b]({{ r.url }})\n\n      {{ r.sum }} {{ r.size }}\n", "Ruby 1.0: http://a.b/1.gz, notes b\n\n    abc {{ r.size }}"},
		{"captures", "{% capture a %}b{% endcapture %}c {{ a }}\n\n{% capture d %}\ne\n\nf\n{% endcapture %}\n\ng", "c b\n\ng"},
		{"conditions", "{% if a == \"A sentence.\" %}b{% else %}c{% endif %}\n\n{% for p in site.posts %}\n{{ p.title }}\n{% endfor %}", "bc\n\n{…}"},
		{"what is elsewhere", "a {% include b.html c=\"d\" %}", "a {…}"},
		{"pictures", "{% include figure.html src=\"a.png\" alt=\"b\" %}", "╭──────────────────────────╮\n│ b                        │\n│ a.png                    │\n╰──────────────────────────╯"},
		{"raw", "{% raw %}{{ page.title }} {% if a %}{% endraw %} {{ page.title }}\n\n{% raw %}\n```\n{{ page.title }}\n```\n{% endraw %}", "{{ page.title }} {% if a %} No such title\n\n  {{ page.title }}"},
		{"code", "`{{ page.hero }} {{ secrets.key }}` `{% raw %}{{ page.hero }}{% endraw %} {{ page.hero }}`", "a.png {{ secrets.key }} {{ page.hero }} a.png"},
		{"in HTML", "<div><img src=\"{{ page.hero }}\" alt=\"\"> {{ page.title }}</div>", "[a.png] No such title"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.Join(New(jekyll(t, tt.source), 60, theme.Terminal()).Plain(), "\n"); got != tt.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, tt.want)
			}
		})
	}
	if got, want := html.Render(jekyll(t, "{% assign v = '1' %}[a](https://a.b/{{ v }}/c) <a href=\"{{ site.data.releases | last }}\">d</a>"), inBlog, nil), `<a href="https://a.b/1/c">`; !strings.Contains(got, want) {
		t.Errorf("got %s, without %s", got, want)
	}
}

// TestNoTemplates: elsewhere only what no other language has is one.
func TestNoTemplates(t *testing.T) {
	const source = "{% assign a = 1 %}a {{ page.title }} {{ \"b\" | c }} {% else %}"
	if got, want := strings.Join(New(post(source), 60, theme.Terminal()).Plain(), "\n"), "a {{ page.title }} {{ \"b\" | c }} {% else %}"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestIncludedFiles has tags that show the lines of a file.
func TestIncludedFiles(t *testing.T) {
	for _, tt := range []struct{ name, source, want string }{
		{"everything", "{{code \"x.go\"}}\n\na", "  package x\n\n  func a() {\n      b()\n  }\n\n  func c() {\n  }\n\na"},
		{"between two places", "{{play \"x.go\" `/START/` `/END/`}}", "  func a() {\n      b()\n  }"},
		{"places without backticks", "{{code \"x.go\" /func/ /^}/}}", "  func a() {\n      b()\n  }"},
		{"one line", "{{code \"x.go\" `/b\\(/`}}", "      b()"},
		{"lines by number", "{{code \"x.go\" 4 5}}", "  func a() {\n      b()"},
		{"to the end", "{{code \"x.go\" `/func c/` `$`}}", "  func c() {\n  }"},
		{"Hexo's", "{% include_code A title lang:go from:9 to:10 x.go %}", "  func c() {\n  }"},
		{"HTML", "{{raw (file \"x.html\")}}", "*a* b"},
		{"no such place", "{{code \"x.go\" /nosuch/}}\n\na", "  package x\n\n  func a() {\n      b()\n  }\n\n  func c() {\n  }\n\na"},
		{"a place that is no expression", "{{code \"x.go\" `/(/` `/a/`}}", "  package x\n\n  func a() {\n      b()\n  }\n\n  func c() {\n  }"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.Join(New(jekyll(t, tt.source), 60, theme.Terminal()).Plain(), "\n"); got != tt.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, tt.want)
			}
		})
	}
}
