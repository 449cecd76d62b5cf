package page

// An element is what a tag means on a page.
type element struct {
	block     bool      // it begins and ends lines of its own
	container blockKind // what it adds to the tree; document for nothing
	leaf      blockKind // what text in it becomes; leaves for nothing special
	roles     roleSet   // of the text in it
	drop      bool      // what it holds is no text
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
	plain := element{container: document, leaf: lastLeaf}
	define(plain, "a", "abbr", "acronym", "audio", "bdi", "bdo", "big", "br", "button", "data", "embed", "font", "iframe", "img",
		"input", "label", "meter", "object", "output", "param", "picture", "progress", "rp", "rt", "ruby", "source", "span",
		"time", "track", "video", "wbr", "area", "map", "nobr", "link", "meta", "base", "col", "colgroup", "canvas", "select")
	group := element{block: true, container: document, leaf: lastLeaf}
	define(group, "p", "div", "section", "article", "header", "footer", "nav", "main", "aside", "address", "center", "form",
		"fieldset", "legend", "figure", "hgroup", "body", "html", "dialog", "dl", "hr", "tbody", "thead", "tfoot", "search",
		"noscript", "option", "optgroup", "marquee", "slot", "textarea")

	roles := func(r roleSet) element { return element{container: document, leaf: lastLeaf, roles: r} }
	define(roles(emphasis), "em", "i", "cite", "dfn", "var")
	define(roles(strong), "strong", "b")
	define(roles(deleted), "del", "s", "strike")
	define(roles(inserted), "ins", "u")
	define(roles(code), "code", "tt", "samp")
	define(roles(keyboard), "kbd")
	define(roles(small), "small")
	define(roles(marked), "mark")
	define(roles(raised), "sup")
	define(roles(lowered), "sub")
	define(roles(0), "q")

	leaf := func(k blockKind) element { return element{block: true, container: document, leaf: k} }
	define(leaf(heading), "h1", "h2", "h3", "h4", "h5", "h6")
	define(leaf(listing), "pre", "listing", "xmp", "plaintext")
	define(leaf(term), "dt")
	define(leaf(summary), "summary")
	define(leaf(captionBlock), "figcaption", "caption")
	define(leaf(tableCell), "td", "th")

	in := func(k blockKind) element { return element{block: true, container: k, leaf: lastLeaf} }
	define(in(quote), "blockquote")
	define(in(items), "ul", "ol", "menu", "dir")
	define(in(item), "li")
	define(in(description), "dd")
	define(in(details), "details")
	define(in(tableBlock), "table")
	define(in(tableRow), "tr")
	define(in(alertBlock), "ALERT")
	define(in(noteList), "NOTES")
	define(in(noteBlock), "NOTE")

	define(element{container: document, leaf: lastLeaf, drop: true}, "script", "style", "template", "svg", "head", "title",
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
