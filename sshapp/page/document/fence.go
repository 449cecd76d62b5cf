package document

import (
	"bytes"
	"regexp"

	"github.com/yuin/goldmark/ast"
)

// readFence reads what a fence says of its code: the language, which is the first word of "js {1,3}" and the first class of
// "{#id .python .numberLines}", and the title, as generators of blogs have it: `js title="a.js"`, "js:a.js", "js [a.js]", and "js a.js".
func readFence(n *ast.FencedCodeBlock, source []byte) attrs {
	if n.Info == nil {
		return attrs{}
	}
	info := n.Info.Segment.Value(source)
	begin := fenceBegin.Find(info)
	info = info[len(begin):]
	language := languageName.Find(info)
	info = info[len(language):]
	a := attrs{language: string(language)}
	m := fenceTitle.FindSubmatch(info)
	if m == nil && bytes.IndexByte(begin, '{') < 0 { // what begins with a dot between braces is a class
		m = fenceFile.FindSubmatch(info)
	}
	if m != nil {
		a.title = string(bytes.Join(m[1:], nil)) // at most one of them is not empty
	}
	return a
}

var (
	fenceBegin = regexp.MustCompile(`^ *(?:\{ *(?:#[^\s{}]+ *)?)?\.?`)
	fenceTitle = regexp.MustCompile(`(?:^|[\s{,])(?:title|filename|file|caption)=(?:"([^"]*)"|'([^']*)'|([^\s"'}]+))` +
		`|^:([^\s{]+)` +
		`|\s\[([\w@./ -]*[A-Za-z][\w@./ -]*)\]`)
	fenceFile = regexp.MustCompile(`\s((?:[\w@-][\w@.-]*)?(?:[./][\w@-]+)*\.[A-Za-z]\w*)(?:\s|$)`)
)
