package markdown

import (
	"regexp"
	"strings"
)

// Arguments are those of a tag: by name, or by number from "0".
type Arguments map[string]string

var argument = regexp.MustCompile(`(?:([\w-]+)\s*=\s*)?(?:"([^"]*)"|'([^']*)'|` + "`([^`]*)`" + `|([^\s"',()=]+))`)

func ReadArguments(s string) Arguments {
	const most = 40
	args := Arguments{}
	n := 0
	for _, m := range argument.FindAllStringSubmatch(s, most) {
		key := m[1]
		if key == "" {
			key = string(rune('0' + n%10))
			n++
		}
		args[key] = Unescape(m[2]+m[3]+m[5]) + m[4]
	}
	return args
}

// First returns the first of these that the tag has.
func (a Arguments) First(keys ...string) string {
	for _, k := range keys {
		if v := a[k]; v != "" && !strings.Contains(v, "{{") {
			return v
		}
	}
	return ""
}
