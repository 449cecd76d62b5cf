package document

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"postern/sshapp/page/markdown"
)

// What is set apart from the text, or below it: quotes, alerts, containers and footnotes.

// quote walks a quote, or an alert as GitHub and Obsidian write them: "> [!NOTE]", and a title behind it or none.
func (w *walker) quote(n *ast.Blockquote) {
	name, end, ok := markdown.AlertMarker(n, w.source)
	if !ok {
		w.within(n, "blockquote", attrs{})
		return
	}
	first := n.FirstChild()
	opened := w.b.begin("ALERT", attrs{alert: name}, true)
	w.markerEnd = end
	rest := w.source[end:first.Lines().At(0).Stop]
	w.inTitle = len(bytes.TrimSpace(rest)) > 0 && w.b.begin("summary", attrs{}, true)
	w.children(first)
	if w.inTitle { // the title was all there is
		w.inTitle = false
		w.b.end("summary", true)
	}
	w.b.flush()
	for c := first.NextSibling(); c != nil; c = c.NextSibling() {
		w.node(c)
	}
	if opened {
		w.b.end("ALERT", true)
	}
}

func (w *walker) container(n *markdown.Container) {
	name, tag := n.Name, "ALERT"
	switch name {
	case "details", "collapse", "spoiler", "tab":
		tag = "details"
	}
	opened := w.b.begin(tag, attrs{alert: name}, true)
	if n.Title != nil && w.b.begin("summary", attrs{}, true) {
		w.children(n.Title)
		w.b.end("summary", true)
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c != n.Title {
			w.node(c)
		}
	}
	if opened {
		w.b.end(tag, true)
	}
}

func (w *walker) note(n *extast.Footnote) {
	back := w.b.newLink(referenceTarget(n.Index), n.Index)
	w.b.Links[back-1].Text = RaisedNumber(n.Index)
	a := attrs{number: n.Index}
	opened := w.b.begin("NOTE", a, true)
	if opened {
		w.b.container().Link = back
	}
	w.children(n)
	if opened {
		w.b.end("NOTE", true)
	}
}
