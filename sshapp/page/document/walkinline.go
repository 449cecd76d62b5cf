package document

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"postern/sshapp/page/markdown"
)

func (w *walker) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		w.text(n)
	case *ast.String:
		w.b.text(string(n.Value))
	case *ast.CodeSpan:
		w.within(n, "code", attrs{})
	case *ast.Emphasis:
		w.within(n, map[bool]string{true: "strong", false: "em"}[n.Level > 1], attrs{})
	case *extast.Strikethrough:
		w.within(n, "del", attrs{})
	case *markdown.Mark:
		w.within(n, "mark", attrs{})
	case *ast.Link:
		w.within(n, "a", attrs{href: w.target(n.Destination)})
	case *ast.AutoLink:
		w.autoLink(n)
	case *ast.Image:
		w.b.picture("image", attrs{
			src: w.target(n.Destination), title: markdown.Unescape(string(n.Title)), alt: w.alt(n, 0),
		})
	case *ast.RawHTML:
		w.html(n.Segments.Value(w.source), n.Segments.Sliced(0, n.Segments.Len()))
	case *extast.TaskCheckBox:
		w.checkBox(n.IsChecked)
	case *extast.FootnoteLink:
		if w.b.begin("a", attrs{href: footnoteTarget(n.Index), footnote: n.Index}, true) {
			w.b.generated(RaisedNumber(n.Index))
			w.b.end("a", true)
		}
	case *extast.FootnoteBacklink: // a note's number leads back
	case *markdown.Math:
		w.formula(n)
	case *markdown.Tag:
		w.tag(n)
	case *markdown.Component:
		w.component(rawName(n.Raw[1:]), n.Raw, attrs{})
	default:
		w.children(n)
	}
}

// formula walks a formula: as a block of its own if its author put it on lines of its own, between two $$.
func (w *walker) formula(n *markdown.Math) {
	if n.Display && isAlone(n, w.source) && !w.b.inCell() && w.b.begin("pre", attrs{}, true) {
		w.b.text(string(n.Source))
		w.b.isFormula()
		w.b.end("pre", true)
		return
	}
	roles := w.b.roles
	w.b.roles |= Math | Code
	w.b.text(string(n.Source))
	w.b.roles = roles
}

// isAlone reports whether nothing stands beside a part of a paragraph on its lines.
func isAlone(n ast.Node, source []byte) bool {
	if k := n.Parent().Kind(); k != ast.KindParagraph && k != ast.KindTextBlock {
		return false
	}
	above, isText := n.PreviousSibling().(*ast.Text)
	if n.PreviousSibling() != nil && !(isText && (above.SoftLineBreak() || above.HardLineBreak())) {
		return false
	}
	below, isText := n.NextSibling().(*ast.Text)
	return n.NextSibling() == nil || isText && len(bytes.TrimSpace(below.Segment.Value(source))) == 0
}

// text walks text: but for what has been said, and with the line end behind it. goldmark divides text at characters that might
// have meant something.
func (w *walker) text(n *ast.Text) {
	if above, ok := n.PreviousSibling().(*ast.Text); ok && continues(above, n) {
		return
	}
	segment := n.Segment
	for next, ok := n.NextSibling().(*ast.Text); ok && continues(n, next); next, ok = n.NextSibling().(*ast.Text) {
		segment.Stop = next.Segment.Stop
		n = next
	}
	if segment.Start < w.markerEnd {
		segment.Start = min(w.markerEnd, segment.Stop)
	}
	s := string(segment.Value(w.source))
	if n.IsRaw() {
		s = w.expanded(s)
	} else {
		s = markdown.Unescape(s)
	}
	w.b.text(s)
	switch {
	case w.inTitle && (n.SoftLineBreak() || n.HardLineBreak()) && n.Segment.Stop >= w.markerEnd:
		w.inTitle = false
		w.b.end("summary", true)
	case n.HardLineBreak():
		w.b.breakLine(2)
	case n.SoftLineBreak():
		w.b.text("\n")
	}
}

// continues reports whether a text is one with the text before it.
func continues(above, n *ast.Text) bool {
	return above.Segment.Stop == n.Segment.Start && above.IsRaw() == n.IsRaw() && !above.SoftLineBreak() && !above.HardLineBreak()
}

// target returns a link's target, one copy for all links that share a definition.
func (w *walker) target(destination []byte) string {
	if t, ok := w.targets[string(destination)]; ok {
		return t
	}
	t := w.filled(markdown.Unescape(string(destination)))
	w.targets[string(destination)] = t
	return t
}

// alt returns the text of a picture's alternative text, which may hold any inline Markdown.
func (w *walker) alt(n ast.Node, depth int) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil && depth < markdown.MaxDepth; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			s := string(c.Segment.Value(w.source))
			if !c.IsRaw() {
				s = markdown.Unescape(s)
			}
			b.WriteString(s)
			if c.SoftLineBreak() || c.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(c.Value)
		case *ast.AutoLink:
			b.Write(c.Label(w.source))
		case *markdown.Math:
			b.Write(c.Source)
		case *markdown.Tag:
			b.WriteString(c.Raw)
		default:
			b.WriteString(w.alt(c, depth+1))
		}
	}
	return b.String()
}

func (w *walker) autoLink(n *ast.AutoLink) {
	url := markdown.Unescape(string(n.URL(w.source)))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(url), "mailto:") {
		url = "mailto:" + url
	}
	opened := w.b.mayLink() && w.b.begin("a", attrs{href: url}, true)
	w.b.text(markdown.Unescape(string(n.Label(w.source))))
	if opened {
		w.b.end("a", true)
	}
}

// checkBox makes the innermost entry a task.
func (w *walker) checkBox(checked bool) {
	if in := w.b.container(); in.Kind == ListItem {
		in.Task = map[bool]Task{true: DoneTask, false: OpenTask}[checked]
	}
}
