// Package document reads a post's Markdown, and the HTML in it, into a tree of blocks: what every way of showing the post is
// made from.
//
// The Markdown and the HTML within it are read as one stream of tags and text (walk.go, walkhtml.go), for a tag and its Markdown
// counterpart mean the same. A builder makes a tree of blocks from the stream (builder.go). It is as forgiving as a browser: any
// order of tags gives a tree, and all text finds a place in it.
package document

// A Document is what a post says, whatever it is shown on.
type Document struct {
	Root        *Block // holds all others
	Links       []Link // in order
	Refused     []Link // those of LinkUnsafe, which are text
	Problems    []Problem
	UnknownTags []UnknownTag
	Unresolved  []int             // where in the source templates say what isn't known here
	Anchors     map[string]*Block // by the ids that the author gave, but for those of headings: the leaf that has it
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

// A Picture is a picture of a post, or a film or sound, wherever it stands.
type Picture struct {
	At          int      // where in the source, in bytes
	Source      string   // its address, as its author wrote it
	Kind        LinkKind // where Source leads; not LinkImage
	Figure      *Block   // what it becomes if it stands alone
	Undescribed bool     // nothing says what it shows, and its author didn't say that nothing has to
}
