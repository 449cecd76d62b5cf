package markdown

import (
	"html"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/util"
)

// Unescape resolves the escapes and entities of Markdown's text.
func Unescape(s string) string {
	if !strings.ContainsAny(s, `\&`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && util.IsPunct(s[i+1]) {
			i++
		} else if s[i] == '&' {
			if m := entity.FindString(s[i:min(len(s), i+40)]); m != "" {
				b.WriteString(html.UnescapeString(m))
				i += len(m) - 1
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

var entity = regexp.MustCompile(`^&(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});`)
