package document

import (
	"bytes"
	"regexp"

	"github.com/yuin/goldmark/ast"
)

// readFence reads what a fence says of its code: the language, which is the first word of "js {1,3}" and "{.python .numberLines}", and
// the title, as generators of blogs have it: `js title="a.js"`, "js:a.js", "js [a.js]", and "js a.js".
func readFence(n *ast.FencedCodeBlock, source []byte) attrs {
	if n.Info == nil {
		return attrs{}
	}
	info := bytes.TrimLeft(n.Info.Segment.Value(source), "{. ")
	language := languageName.Find(info)
	a := attrs{language: string(language)}
	if m := fenceTitle.FindSubmatch(info[len(language):]); m != nil {
		a.title = string(bytes.Join(m[1:], nil)) // one of them is not empty
	}
	return a
}

var fenceTitle = regexp.MustCompile(`(?:^|[\s{,])(?:title|filename|file|caption)=(?:"([^"]*)"|'([^']*)'|([^\s"'}]+))` +
	`|^:([^\s{]+)` +
	`|\s\[([\w@./ -]*[A-Za-z][\w@./ -]*)\]` +
	`|\s((?:[\w@-][\w@.-]*)?(?:[./][\w@-]+)*\.[A-Za-z]\w*)(?:\s|$)`)
