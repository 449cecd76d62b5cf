package document

// An element is what a tag means on a page.
type element struct {
	block     bool  // it begins and ends lines of its own
	container Kind  // what it adds to the tree; document for nothing
	leaf      Kind  // what text in it becomes; leaves for nothing special
	roles     Roles // of the text in it
	drop      bool  // what it holds is no text
}

// elements are the tags that do something, by their HTML names. The names in capitals are ours, for what Markdown has
// and HTML hasn't.
var elements = func() map[string]element {
	of := map[string]element{}
	define := func(e element, tags ...string) {
		for _, t := range tags {
			of[t] = e
		}
	}
	plain := element{container: documentRoot, leaf: endOfLeaves}
	define(plain, "a", "abbr", "acronym", "audio", "bdi", "bdo", "big", "br", "button", "data", "embed", "font", "iframe", "img",
		"input", "label", "meter", "object", "output", "param", "picture", "progress", "rp", "rt", "ruby", "source", "span",
		"time", "track", "video", "wbr", "area", "map", "nobr", "link", "meta", "base", "col", "colgroup", "canvas", "select")
	group := element{block: true, container: documentRoot, leaf: endOfLeaves}
	define(group, "p", "div", "section", "article", "header", "footer", "nav", "main", "aside", "address", "center", "form",
		"fieldset", "legend", "figure", "hgroup", "body", "html", "dialog", "dl", "hr", "tbody", "thead", "tfoot", "search",
		"noscript", "option", "optgroup", "marquee", "slot", "textarea")

	roles := func(r Roles) element { return element{container: documentRoot, leaf: endOfLeaves, roles: r} }
	define(roles(Emphasis), "em", "i", "cite", "dfn", "var")
	define(roles(Strong), "strong", "b")
	define(roles(Deleted), "del", "s", "strike")
	define(roles(Inserted), "ins", "u")
	define(roles(Code), "code", "tt", "samp")
	define(roles(Keyboard), "kbd")
	define(roles(Small), "small")
	define(roles(Marked), "mark")
	define(roles(Superscript), "sup")
	define(roles(Subscript), "sub")
	define(roles(0), "q")

	leaf := func(k Kind) element { return element{block: true, container: documentRoot, leaf: k} }
	define(leaf(Heading), "h1", "h2", "h3", "h4", "h5", "h6")
	define(leaf(CodeBlock), "pre", "listing", "xmp", "plaintext")
	define(leaf(Term), "dt")
	define(leaf(Summary), "summary")
	define(leaf(Caption), "figcaption", "caption")
	define(leaf(TableCell), "td", "th")

	in := func(k Kind) element { return element{block: true, container: k, leaf: endOfLeaves} }
	define(in(BlockQuote), "blockquote")
	define(in(List), "ul", "ol", "menu", "dir")
	define(in(ListItem), "li")
	define(in(Description), "dd")
	define(in(Details), "details")
	define(in(Table), "table")
	define(in(TableRow), "tr")
	define(in(Alert), "ALERT")
	define(in(Footnotes), "NOTES")
	define(in(Footnote), "NOTE")

	define(element{container: documentRoot, leaf: endOfLeaves, drop: true}, "script", "style", "template", "svg", "head", "title",
		"datalist", "math")
	return of
}()

// voids are the elements that hold nothing and have no end.
var voids = map[string]bool{
	"area": true, "base": true, "br": true, "col": true, "embed": true, "hr": true, "img": true, "input": true, "link": true,
	"meta": true, "param": true, "source": true, "track": true, "wbr": true,
}

// closedBy are the tags that end an open tag of their kind, whose own end HTML lets authors leave out.
var closedBy = map[string][]string{
	"li": {"li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}, "tr": {"td", "th", "tr"}, "td": {"td", "th"}, "th": {"td", "th"},
	"p": {"p"}, "option": {"option"}, "tbody": {"td", "th", "tr", "thead"}, "thead": {"td", "th", "tr"}, "tfoot": {"td", "th", "tr", "tbody"},
}
