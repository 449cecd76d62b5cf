package html

import (
	"testing"

	"postern/content"
)

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
		{"a frame", "<iframe src=\"https://www.example.com/v\" onload=\"x()\"></iframe>", "<p><a href=\"https://www.example.com/v\">[embedded page · example.com/v]</a></p>"},
		{"a picture outside", "![a \"b\"](https://example.com/x.png)", "<p><img src=\"https://example.com/x.png\" alt=\"a &#34;b&#34;\"></p>"},
		{"a picture inside", "![a](x.png)", "<p><a href=\"ssh://x.png@HOST\">a</a></p>"},
		{"a picture that runs something", "![a](javascript:x)", "<p>a</p>"},
		{"the title again", "# No such title\n\na", "<p>a</p>"},
		{"entities", "&lt;script&gt; &#27;[31m &#xFFFE; \u202e", "<p>&lt;script&gt; \ufffd[31m \ufffe \ufffd</p>"},
		{"a shortcode", "{{< details \"a\" >}}\nb\n{{< /details >}}", "<p><strong>a</strong></p><p>b</p>"},
	}
	for _, tt := range tests {
		if got := Render(&content.Post{Path: "post.md", Title: "No such title", Body: tt.body}, func(target string) string { return "ssh://" + target + "@HOST" }, nil); got != tt.want {
			t.Errorf("%s:\n%s\nnot\n%s", tt.name, got, tt.want)
		}
	}
}
