package document

import (
	"bytes"
	"html"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"postern/sshapp/page/markdown"
)

// The text in a block of HTML is Markdown, as pandoc reads it, wherever it stands: what begins on a line of its own is blocks, and
// what stands beside a tag is text with its marks. So are shortcodes and the tags of templates.

// textMarks are the characters that something in a line begins with which is more than text. Underlines alone are left: they
// stand in names more often than around words.
const textMarks = "*`[{$!"

// blockMarks are those that a block may begin with.
const blockMarks = textMarks + "_#-+>|~:0123456789"

// htmlText walks the text between two tags of a stretch of HTML.
func (w *walker) htmlText(in stretch, from, to int) {
	s := string(in.html[from:to])
	trimmed := strings.TrimSpace(s)
	begin := strings.Index(s, trimmed)
	marks := textMarks
	isBlock := strings.Contains(s[:begin], "\n")
	if isBlock {
		marks = blockMarks
	}
	if w.b.dropping() || w.b.inPre() || w.b.roles&(Code|Keyboard) != 0 || !strings.ContainsAny(trimmed, marks) {
		w.b.text(html.UnescapeString(s))
		return
	}
	var root ast.Node
	if at, ok := in.inSource(from+begin, from+begin+len(trimmed)); ok {
		root = w.tree.ParsePart(at, at+len(trimmed), isBlock)
	}
	if root == nil {
		w.b.text(html.UnescapeString(s))
		return
	}
	if first := root.FirstChild(); first == nil || first != root.LastChild() || first.Kind() != ast.KindParagraph {
		w.children(root)
		return
	}
	w.b.text(s[:begin])
	w.children(root.FirstChild())
	w.b.text(s[begin+len(trimmed):])
}

// A stretch is HTML, and the pieces of the source that it lies in, none for what lies in no source.
type stretch struct {
	html   []byte
	pieces []text.Segment
}

// pieceLen is how many bytes a piece of a source has once its padding is spelled out.
func pieceLen(s text.Segment) int { return s.Len() + s.Padding }

// place returns the offset in the source of one in the stretch.
func (s stretch) place(at int) int {
	for i, p := range s.pieces {
		if n := pieceLen(p); at >= n && i < len(s.pieces)-1 {
			at -= n
			continue
		}
		return p.Start + max(at-p.Padding, 0)
	}
	return -1
}

// inSource returns the offset in the source of a part of the stretch that isn't empty. It reports false if the source has something
// else in it.
func (s stretch) inSource(from, to int) (at int, ok bool) {
	at = s.place(from)
	return at, at >= 0 && s.place(to-1) == at+to-1-from
}

// codeSpan is code on one line with something in it that would be a tag.
var codeSpan = regexp.MustCompile("`[^`\n<]*<[^`\n]*`")

// MaskTags returns HTML of the same length without those characters in code, and in the tags of generators, that mean something in
// HTML.
func MaskTags(source []byte) []byte {
	hasTags := bytes.Contains(source, []byte("{{")) || bytes.Contains(source, []byte("{%"))
	if !hasTags && bytes.IndexByte(source, '`') < 0 {
		return source
	}
	masked := bytes.Clone(source)
	mask := func(begin, end int) {
		for i := begin; i < end; i++ {
			if strings.IndexByte(`<>"'&`, masked[i]) >= 0 {
				masked[i] = ' '
			}
		}
	}
	for _, m := range codeSpan.FindAllIndex(source, -1) {
		mask(m[0], m[1])
	}
	if hasTags {
		markdown.EachTag(source, func(_ *markdown.Tag, begin, end int) { mask(begin, end) })
	}
	return masked
}
