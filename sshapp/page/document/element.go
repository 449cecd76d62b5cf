package document

import (
	"strings"

	"postern/content/outline"
)

// An element is what a tag does.
type element struct {
	block     bool  // it begins and ends lines of its own
	container Kind  // of the block that it adds to the tree; noKind if it adds none
	leaf      Kind  // of the blocks that text in it becomes; noKind if they are not special
	roles     Roles // of the text in it
	drop      bool  // what it holds isn't shown
	fallback  bool  // what it holds is for programs that don't know the tag
}

// elements are the tags that do something, by their names in HTML. The names in capitals are not HTML's: they stand for what
// only Markdown has. Other elements of HTML do nothing, and what they hold is text like that around them.
var elements = func() map[string]element {
	of := map[string]element{}
	define := func(e element, tags ...string) {
		for _, t := range tags {
			of[t] = e
		}
	}
	group := element{block: true}
	define(group, "p", "div", "section", "article", "header", "footer", "nav", "main", "aside", "address", "center", "form",
		"fieldset", "legend", "figure", "hgroup", "body", "html", "dialog", "dl", "hr", "tbody", "thead", "tfoot", "search",
		"noscript", "option", "optgroup", "marquee", "slot", "textarea")

	roles := func(r Roles) element { return element{roles: r} }
	define(roles(Emphasis), "em", "i", "cite", "dfn", "var")
	define(roles(Strong), "strong", "b")
	define(roles(Deleted), "del", "s", "strike")
	define(roles(Inserted), "ins", "u")
	define(roles(Code), "code", "tt", "samp")
	define(roles(Keyboard), "kbd")
	define(roles(Small), "small")
	define(roles(Marked), "mark")

	leaf := func(k Kind) element { return element{block: true, leaf: k} }
	define(leaf(Heading), "h1", "h2", "h3", "h4", "h5", "h6")
	define(leaf(CodeBlock), "pre", "listing", "xmp", "plaintext")
	define(leaf(Term), "dt")
	define(leaf(Summary), "summary")
	define(leaf(Caption), "figcaption", "caption")
	define(leaf(TableCell), "td", "th")

	in := func(k Kind) element { return element{block: true, container: k} }
	define(in(BlockQuote), "blockquote")
	define(in(List), "ul", "ol", "menu", "dir")
	define(in(ListItem), "li")
	define(in(Description), "dd")
	define(in(Details), "details")
	define(in(Table), "table")
	define(in(TableRow), "tr")
	define(in(Alert), "ALERT")
	define(in(Speech), "SPEECH")
	define(in(Footnotes), "NOTES")
	define(in(Footnote), "NOTE")

	define(element{drop: true}, "script", "style", "template", "svg", "head", "title", "datalist", "math", "rp")
	define(element{drop: true, fallback: true}, "video", "audio", "iframe", "object", "canvas")
	return of
}()

// voidElements are the elements that hold nothing and have no end tag.
var voidElements = map[string]bool{
	"area": true, "base": true, "br": true, "col": true, "embed": true, "hr": true, "img": true, "input": true, "link": true,
	"meta": true, "param": true, "source": true, "track": true, "wbr": true,
}

// optionalEnds are the elements that end without an end tag where another one begins or ends.
var optionalEnds = map[string]bool{
	"html": true, "head": true, "body": true, "p": true, "li": true, "dt": true, "dd": true, "option": true, "optgroup": true,
	"tr": true, "td": true, "th": true, "tbody": true, "thead": true, "tfoot": true, "caption": true, "rt": true, "rp": true,
}

// impliedEnds has, by the tag that begins, the open tags that it ends, since HTML lets authors leave their end tags out.
var impliedEnds = map[string][]string{
	"li": {"li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}, "tr": {"td", "th", "tr"}, "td": {"td", "th"}, "th": {"td", "th"},
	"rt": {"rt", "rp"}, "rp": {"rt", "rp"}, "rb": {"rt", "rp"},
	"p": {"p"}, "option": {"option"}, "tbody": {"td", "th", "tr", "thead"}, "thead": {"td", "th", "tr"}, "tfoot": {"td", "th", "tr", "tbody"},
}

// isElement reports whether a tag is one of HTML's, written as people write those: "output" and "OUTPUT" are, and "Output" is a
// component.
func isElement(name string) bool {
	return outline.IsElement(strings.ToLower(name)) && (name == strings.ToLower(name) || name == strings.ToUpper(name))
}
