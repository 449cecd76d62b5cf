// Package document reads a post's Markdown, and the HTML in it, into a tree of blocks: what every way of showing the post is
// made from.
//
// The Markdown and the HTML within it are read as one stream of tags and text (walk.go, html.go), for a tag and its Markdown
// twin mean the same. A builder makes a tree of blocks from the stream (builder.go). It is as forgiving as a browser: any
// order of tags gives a tree, and all text finds a place in it.
package document

import (
	"postern/content"
	"postern/sshapp/page/markdown"
)

// A Document is a post, read: what can be typeset at any width.
type Document struct {
	Root        *Block
	Links       []Link
	Refused     []Link // that nobody can follow
	Problems    []Problem
	UnknownTags []UnknownTag
	Anchors     map[string]*Block // by id: the block that an author's id stands in
	Pictures    []Picture
	Check       func() // is called all along by what shows the document; see [markdown.Parse]
}

// A Problem is something in a post that isn't shown as it is written, and what to do.
type Problem struct {
	At            int // where in the source, in bytes
	Message, Hint string
}

// An UnknownTag is a shortcode or a template's tag that means nothing here.
type UnknownTag struct {
	At           int    // where in the source, in bytes
	Name, Source string // source is the tag as it is written
}

// Read makes a tree of a post's Markdown. It calls check all along; see [markdown.Parse].
func Read(post *content.Post, check func()) *Document {
	return New(markdown.Parse(post.Path, post.Body, check), post.Title)
}

// New makes a tree of what was parsed of a post of a title.
func New(p markdown.Tree, title string) *Document {
	w := &walker{b: newBuilder(), source: p.Source, check: p.Check, twins: newTwins(), tags: newTwins(), targets: map[string]string{}}
	w.foresee(p.Root)
	w.children(p.Root)
	w.b.flush()
	t := &w.b.Document
	t.Check = p.Check
	if first := t.Root.Children; len(first) > 0 && first[0].Kind == Heading && first[0].Level == 1 && Letters(first[0].Plain()) == Letters(title) {
		t.Root.Children = first[1:]
	}
	t.nameHeadings()
	return t
}

// WorkBytes is about how much memory it takes to read or to typeset a post, in bytes: ten times its text is in use at the end,
// and as much again waits to be collected.
func WorkBytes(post *content.Post) int64 { return 20 * int64(len(post.Body)) }

// Targets returns where a post's links and pictures lead within the blog, and its pictures elsewhere, in order, as
// [Link.Target] has it. It calls check all along; see [markdown.Parse].
func Targets(post *content.Post, check func()) []string {
	var targets []string
	for _, l := range Read(post, check).Links {
		if l.Kind == LinkPost || l.Kind == LinkImage {
			targets = append(targets, l.Target)
		}
	}
	return targets
}
