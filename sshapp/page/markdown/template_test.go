package markdown

import (
	"strings"
	"testing"
)

// TestFillTemplates: a target is what its tags stand for, and a fragment behind them is a part of it.
func TestFillTemplates(t *testing.T) {
	for source, want := range map[string]string{
		"[a]({{ site.baseurl }}{% post_url 2020-01-02-d %}#e)":   "[a](2020-01-02-d#e)",
		"[a]({{ site.baseurl }}{{ '/b' | relative_url }})":       "[a](/b)",
		"[a]({% link _posts/b.md %}) [c]({{ site.baseurl }}/d)":  "[a](_posts/b.md) [c](/d)",
		"`[a]({% link b.md %})` [c]({{< relref \"/d\" >}}#e)":    "`[a]({%linkb.md%})`[c](/d#e)",
		"[a]({{ site.title }}{% post_url b %}) {% post_url c %}": "[a]({{\x1fsite.title\x1f}}{%post_urlb%}){%post_urlc%}",
	} {
		got := string(fillTemplates([]byte(source)))
		if len(got) != len(source) {
			t.Errorf("%s has another length: %q", source, got)
		}
		if got = strings.ReplaceAll(got, " ", ""); got != strings.ReplaceAll(want, " ", "") {
			t.Errorf("%s becomes %q, want %q", source, got, want)
		}
	}
}
