package command_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"postern/sshapp/blog"
	"postern/sshapp/linear"
)

// remarkKinds are the ways in which authors write remarks for themselves; S stands for what nobody is to read.
var remarkKinds = map[string]string{
	"obsidian": "%% S %%",
	"jinja":    "{# S #}",
	"jinja2":   "{#- S {{ x }} -#}",
	"hash":     "{#S#}",
	"liquid":   "{% comment %} S {% endcomment %}",
	"liquid2":  "{%- comment -%}S{%- endcomment -%}",
	"liquid3":  "{% # S %}",
	"html":     "<!-- S -->",
	"html2":    "<!--S-->",
	"mdx":      "{/* S */}",
	"mdx2":     "{ /* S */ }",
	"hugo":     "{{< comment >}} S {{< /comment >}}",
	"hugo2":    "{{% comment %}}S{{% /comment %}}",
}

// remarkPlaces are where they write them; R stands for one.
var remarkPlaces = []string{
	"Text R text.",
	"R",
	"R text.",
	"   R text.",
	"Text\nR\ntext.",
	"Text **bold R** and *italic R* and ~~R~~.",
	"## Heading R here",
	"Heading R\n---",
	"| a R | b |\n|---|---|\n| R | x R |",
	"- item R\n- R\n\n  R\n\n     R\n\n1. R item\n   R\n\n10. x\n\n       R",
	"> quote R\n> R",
	"> ```\n> code\n\nR",
	"- ```\n  code\n\nR",
	"[a link R](https://example.com) and [R](https://example.com/R)",
	"![a picture R](x.png)",
	"A note[^1].\n\n[^1]: R note",
	"<div>\n\nR\n\n</div>\n\n<p>R</p>",
	"<details><summary>R</summary>R</details>",
	"Text \\` R",
	"Text ` R",
	"Term\n: R definition",
	"- [ ] R task",
	"<!-- more -->\n\nR",
	"{% raw %}x{% endraw %} R",
	"Word.[^2]\n\n[^2]:\n    R",
	"<Note>\n\n    R\n\n</Note>",
	"<Note>\n  <Tip>\n\n      R\n\n  </Tip>\n</Note>",
	"<div>\n\n    <p>R</p>\n\n</div>",
	":::note R\n\n    R\n\n:::",
	"!!! note\n\n    R",
	"=== \"Tab\"\n\n    R",
	"Term\n\n:   R",
}

// remarkBlocks are remarks of several lines, with what would be a block of its own in them.
var remarkBlocks = []string{
	"%%\nS\n\n## S\n\n```\nS\n\n%%", "{#\nS\n\n[S](https://s.example)\n#}", "{% comment %}\nS\n\n- S\n\n{% endcomment %}",
	"<!--\nS\n\n# S\n-->", "Text <!-- S\nS --> text", "{/*\nS\n\n> S\n*/}", "Text {% comment %} S\n\nS\n{% endcomment %} text", "- item\n\n  %%\n  S\n  %%",
}

// unendedRemarks hide all that follows.
var unendedRemarks = []string{
	"%%\nS\n\nS", "Text {% comment %} S\n\n```\nS\n```", "<!-- S\n\n# S", "Text {/* S\n\nS", "{# S\n\nS", "Text <!-- S\n\nS",
}

// TestRemarks: what an author writes as a remark reaches no reader, by whatever way; in code it is text.
func TestRemarks(t *testing.T) {
	posts := fstest.MapFS{}
	secrets, codes := 0, map[string]int{}
	add := func(name, front, body string) {
		for strings.Contains(front+body, "S") {
			secrets++
			secret := fmt.Sprintf("zecret%d", secrets)
			if strings.Contains(front, "S") {
				front = strings.Replace(front, "S", secret, 1)
			} else {
				body = strings.Replace(body, "S", secret, 1)
			}
		}
		posts[name] = &fstest.MapFile{Data: []byte("---\n" + front + "date: 2024-01-02\n---\n\n" + body + "\n")}
	}
	for kind, remark := range remarkKinds {
		ext := ".md"
		if strings.HasPrefix(kind, "mdx") {
			ext = ".mdx"
		}
		add(kind+"-mdx.mdx", "title: In MDX "+kind+"\n", "Text "+remark+"\n\n    Indented "+remark+"\n\n- x\n\n        "+remark+"\n\nEnd.")
		quoted := strings.NewReplacer("'", "''").Replace(remark)
		for i, place := range remarkPlaces {
			add(fmt.Sprintf("%s-%d%s", kind, i, ext), fmt.Sprintf("title: %s %d\n", kind, i), strings.ReplaceAll(place, "R", remark)+"\n\nEnd.")
		}
		add(kind+"-front"+ext, "title: 'Title "+quoted+"'\ndescription: 'About "+quoted+" it'\n", "Text.")
		add(kind+"-heading"+ext, "", "# Title "+remark+"\n\n"+remark+" text.")
		code := "`R`\n\n```\nR\n```\n\n- x\n\n  ~~~\n  R\n  ~~~\n\n> ```\n> R\n> ```"
		if ext == ".md" {
			code += "\n\n\tR\n\n- x\n\n      R"
		}
		add(kind+"-code"+ext, "title: "+kind+"code\n", strings.ReplaceAll(code, "R", strings.ReplaceAll(remark, "S", "shown")))
		codes[kind+"-code"] = strings.Count(code, "R")
	}
	for i, body := range remarkBlocks {
		add(fmt.Sprintf("block-%d.md", i), fmt.Sprintf("title: block %d\n", i), body+"\n\nEnd.")
	}
	for i, body := range unendedRemarks {
		add(fmt.Sprintf("unended-%d.md", i), fmt.Sprintf("title: unended %d\n", i), body)
	}
	c := newCaller(t, posts)
	lines := []string{"ls --json", "ls", "tags", "search zecret", "search --json zecret", "feed -n 500", "feed -n 500 --format rss", "feed -n 500 --format json", "feed -n 500 --summary"}
	_, all, _ := c.run("ls")
	for post := range strings.Lines(all) {
		slug := strings.Split(post, "\t")[1]
		lines = append(lines, "cat "+slug, "cat --color "+slug, "toc "+slug, "links "+slug)
		session := linear.New(c.call.Blog, blog.Reader{}, slug)
		for _, typed := range []string{"", "", "toc", "links", "find zecret"} {
			reportSecret(t, "linear "+slug, session.Answer(typed))
		}
		reportSecret(t, "linear "+slug, session.Greeting())
	}
	for _, line := range lines {
		_, stdout, _ := c.run(line)
		reportSecret(t, line, stdout)
		switch {
		case !strings.HasPrefix(line, "cat "), strings.Contains(line, "unended"):
		case strings.HasSuffix(line, "-code"):
			want := codes[line[strings.LastIndexByte(line, ' ')+1:]]
			if n := strings.Count(stdout, "shown"); n != want {
				t.Errorf("%s: of %d remarks in code, %d are shown:\n%s", line, want, n, stdout)
			}
		case !strings.Contains(stdout, "End.") && !strings.Contains(stdout, "Text.") && !strings.HasSuffix(strings.TrimSpace(stdout), "text."):
			t.Errorf("%s has lost its text:\n%s", line, stdout)
		}
	}
	if len(lines) < 1000 {
		t.Errorf("only %d ways", len(lines))
	}
}

func reportSecret(t *testing.T, way, output string) {
	t.Helper()
	if strings.Contains(strings.ReplaceAll(output, "Nothing here says zecret.", ""), "zecret") {
		t.Errorf("%s:\n%s", way, output)
	}
}
