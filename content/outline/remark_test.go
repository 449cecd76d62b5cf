package outline

import (
	"strings"
	"testing"
)

func TestWithoutRemarks(t *testing.T) {
	for _, c := range []struct {
		body, want string
		unended    int
	}{
		{"No remark, 100% sure {{ x }} <b>.", "No remark, 100% sure {{ x }} <b>.", 0},
		{"a %% b %% c", "a  c", 0},
		{"100%% of people and 50%% of cats", "100%% of people and 50%% of cats", 0},
		{"100 %% of people\n\n50 %% of cats", "100 %% of people\n\n50 %% of cats", 0},
		{"a <!-- b\nc --> d", "a \n d", 0},
		{"<!-- b\nc -->\nd", "<!--\n-->\nd", 0},
		{"a <!--> b -->", "a  b -->", 0},
		{"# Title {#id}\n\n## Two {#id-2 .x}\n\n{# a #}b", "# Title {#id}\n\n## Two {#id-2 .x}\n\nb", 0},
		{"the set {# of items} and\n\nmore", "the set {# of items} and\n\nmore", 0},
		{"\\{# a #} and \\%% b", "\\{# a #} and \\%% b", 0},
		{"One.\n<!-- more -->\nTwo. {/* truncate */}", "One.\n<!-- more -->\nTwo. {/* truncate */}", 0},
		{"{% raw %}{# a #}{% endraw %} {% comment %}b{% endcomment %}c", "{% raw %}{# a #}{% endraw %} c", 0},
		{"a\n\n%%\nb\n\nc", "a\n\n\n\n\n", 3},
		{"a {% comment %} b\nc", "a \n", 1},
		{"```\n%% a %%\n```\n%% b %%", "```\n%% a %%\n```\n", 0},
		{"> ```\n> a\n\n%% b %% c", "> ```\n> a\n\n c", 0},
		{"``a ` %% b %%`` %% c %%d", "``a ` %% b %%`` d", 0},
		{"{% highlight html %}\n<!-- a -->\n{% endhighlight %}\n<!-- b -->", "{% highlight html %}\n<!-- a -->\n{% endhighlight %}\n<!---->", 0},
		{"{{< highlight html >}}\n<!-- a -->\n\n{{< /highlight >}} <!-- b -->", "{{< highlight html >}}\n<!-- a -->\n\n{{< /highlight >}} ", 0},
		{"{{raw `\n<!-- a -->\n\n%% b %%\n`}}", "{{raw `\n<!-- a -->\n\n%% b %%\n`}}", 0},
		{"{% highlight x %} {# a #}", "{% highlight x %} ", 0},
		{"<pre>\n{# a #}\n</pre>", "<pre>\n{# a #}\n</pre>", 0},
	} {
		if got, unended := WithoutRemarks(c.body, false); got != c.want || unended != c.unended {
			t.Errorf("%q: %q, %d; want %q, %d", c.body, got, unended, c.want, c.unended)
		}
	}
	if got, _ := WithoutRemarks("a\n\n    %% b %% c", true); got != "a\n\n     c" {
		t.Errorf("in MDX, what is indented is no code: %q", got)
	}
}

// Whatever the body, its lines stay where they are.
func FuzzWithoutRemarks(f *testing.F) {
	for _, s := range []string{"%% a %%", "{# {#id} #}", "<!--a-->b", "> ```\n%%\n", "{% comment %}\n", "- a\n\n      {/* b */}", "`` ` %%"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		text, unended := WithoutRemarks(body, false)
		if strings.Count(text, "\n") != strings.Count(body, "\n") || len(text) > len(body) {
			t.Errorf("%q becomes %q", body, text)
		}
		if unended < 0 || unended > 1+strings.Count(body, "\n") {
			t.Errorf("%q: line %d", body, unended)
		}
	})
}

// The time is in proportion to the bytes, whatever begins and never ends.
func BenchmarkWithoutRemarks(b *testing.B) {
	for _, begin := range []string{"{# }", "{#a}", "`a``", "%% \n\n", "<code>", "{% raw %}", "{{x `", "- "} {
		b.Run(begin, func(b *testing.B) {
			body := strings.Repeat(begin, 1<<20/len(begin)) + "<!-- -->"
			b.SetBytes(int64(len(body)))
			for b.Loop() {
				WithoutRemarks(body, false)
			}
		})
	}
}
