package markdown

import (
	"bytes"
	"iter"
	"maps"
	"regexp"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// A RawBlock is a block that is no Markdown: code to be highlighted or a comment, between two tags, or the text of a template's tag,
// between backticks.
type RawBlock struct {
	ast.BaseBlock
	Name, Language string
	Indented       bool // as a whole: the text of a tag
	end            *regexp.Regexp
	closed         bool
}

func (n *RawBlock) Kind() ast.NodeKind       { return kindTagCode }
func (n *RawBlock) IsRaw() bool              { return true }
func (n *RawBlock) Dump(src []byte, lvl int) { ast.DumpHelper(n, src, lvl, nil, nil) }

// IsShown reports whether the block is code, and neither a comment nor what a template captures.
func (n *RawBlock) IsShown() bool { return n.Name != "comment" && n.Name != "capture" }

// add adds a line, unless it is the end.
func (n *RawBlock) add(line []byte, segment text.Segment) {
	if at := n.end.FindIndex(line); at != nil {
		n.closed = true
		segment.Stop = segment.Start + max(at[0]-segment.Padding, 0)
		if len(bytes.TrimSpace(line[:at[0]])) == 0 {
			return
		}
	}
	n.Lines().Append(segment)
}

var rawBlockEnds = map[string]*regexp.Regexp{
	"highlight": regexp.MustCompile(`\{%-?\s*endhighlight\s*-?%\}|\{\{[<%]\s*/\s*highlight\s*[%>]\}\}`),
	"codeblock": regexp.MustCompile(`\{%-?\s*endcodeblock\s*-?%\}`),
	"code":      regexp.MustCompile(`\{%-?\s*endcode\s*-?%\}`),
	"capture":   endCapture,
	"comment":   regexp.MustCompile(`\{%-?\s*endcomment\s*-?%\}|\{\{[<%]\s*/\s*comment\s*[%>]\}\}`),
}

// RawBlockTags are the names of the tags whose blocks hold no Markdown.
func RawBlockTags() iter.Seq[string] { return maps.Keys(rawBlockEnds) }

// IsRawBlockTag reports whether a tag's block holds no Markdown.
func IsRawBlockTag(name string) bool { return rawBlockEnds[name] != nil }

// opensRawBlock reports whether a tag opens a block that is no Markdown: it has an end below, without which all the rest of the post
// would be in it.
func (n *Tag) opensRawBlock(source []byte, at int, pc parser.Context) bool {
	end := rawBlockEnds[n.Name]
	if end == nil || n.Closes || n.Raw[1] == '{' && n.Raw[2] != '<' && n.Raw[2] != '%' {
		return false
	}
	last, _ := pc.Get(lastEndsKey).(map[string]int)
	if last == nil {
		last = map[string]int{}
		pc.Set(lastEndsKey, last)
	}
	if _, known := last[n.Name]; !known {
		last[n.Name] = -1
		if all := end.FindAllIndex(source, -1); all != nil {
			last[n.Name] = all[len(all)-1][0]
		}
	}
	return last[n.Name] > at
}

var (
	textTag    = regexp.MustCompile("^\\{\\{-?\\s*([\\w.]+)\\s+`")
	textTagEnd = regexp.MustCompile("`[ \\t]*-?\\}\\}")
)

// openTextBlock returns the block of a tag of Go's templates whose argument is a text of several lines, which source begins with, or
// nil. Blank lines are part of it. One that is HTML is left to be that; see [fillTemplates].
func openTextBlock(source []byte, at int, pc parser.Context) *RawBlock {
	line, _, _ := bytes.Cut(source[:min(len(source), maxTag)], []byte("\n"))
	m := textTag.FindSubmatchIndex(line)
	if m == nil {
		return nil
	}
	inside := source[m[1]:]
	end := bytes.IndexByte(inside, '`')
	if end < 0 || !spend(pc, end) || bytes.IndexByte(inside[:end], '\n') < 0 {
		return nil
	}
	last, _, _ := bytes.Cut(inside[end:min(len(inside), end+maxTag)], []byte("\n"))
	if closing := textTagEnd.FindIndex(last); closing == nil || closing[0] > 0 || len(bytes.TrimSpace(last[closing[1]:])) > 0 {
		return nil
	}
	n := &RawBlock{Name: string(line[m[2]:m[3]]), Indented: true, end: textTagEnd}
	if len(bytes.TrimSpace(line[m[1]:])) > 0 {
		n.Lines().Append(text.NewSegment(at+m[1], at+len(line)+1))
	}
	return n
}
