package document

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"postern/content/outline"
	"postern/sshapp/page/markdown"
)

// Components that stand on lines of their own. What theirs means only their program knows, but what its author wrote for people has
// a place: the text that it holds is Markdown, and attributes such as title and caption say what the text is.

// componentBlock walks a component, or in MDX an element of HTML.
func (w *walker) componentBlock(n *markdown.ComponentBlock) {
	args := n.Arguments()
	name, address := strings.ToLower(n.Name), args.First("url", "href")
	switch src := pictureOf(name, args); {
	case outline.IsElement(n.Name): // to JSX, <P> is none
		w.elementBlock(n, name)
	case isAlertName(name) || name == "admonition" || name == "callout" || name == "aside" || name == "pitfall":
		w.alertBlock(n, args, name)
	case name == "details" || name == "accordion" || name == "collapse" || name == "spoiler" || name == "toggle":
		w.titled(n, "details", attrs{}, args.First("summary", "title", "label"))
	case src != "":
		w.pictureBlock(n, args, mediaOf(name, src), src)
	case videoTags[name] != "" && args["id"] != "":
		w.b.media("video", attrs{src: videoTags[name] + args["id"], title: args.First("title")})
		w.children(n)
	case args["name"] != "" && args["alt"] == "" && (n.FirstChild() != nil || args["title"] != "" && address == ""):
		w.titled(n, "SPEECH", attrs{speaker: args["name"], href: address}, cmp.Or(args["title"], address))
	case name == "toc" || name == "inlinetoc" || name == "tableofcontents":
		w.children(n) // itself it shows nothing: the sidebar and the key for contents show the headings
	default:
		w.otherComponent(n, args, address)
	}
}

// pictureBlock walks a component that shows a picture: of what it says the first is the alternative text, and the rest stands below.
func (w *walker) pictureBlock(n *markdown.ComponentBlock, args markdown.Arguments, media, src string) {
	var said []string
	for _, key := range []string{"alt", "desc", "description", "title", "caption"} {
		if s := args[key]; s != "" && !slices.Contains(said, s) {
			said = append(said, s)
		}
	}
	a := attrs{src: src}
	switch {
	case len(said) == 0:
		a.alt = args["name"]
	case args["caption"] != "" && len(said) == 1:
		a.title = said[0]
		said = said[1:]
	default:
		a.alt = said[0]
		said = said[1:]
	}
	w.b.flush()
	w.b.picture(media, a)
	w.b.flush()
	for _, s := range said {
		w.leaf("figcaption", s)
	}
	w.children(n)
}

// elementBlock walks an element of HTML in MDX.
func (w *walker) elementBlock(n *markdown.ComponentBlock, tag string) {
	z := html.NewTokenizer(strings.NewReader(n.Raw))
	z.Next()
	a := readAttrs(z)
	if w.b.beginSpecial(tag, a) || voidElements[tag] {
		w.children(n)
		return
	}
	w.within(n, tag, a)
}

func (w *walker) alertBlock(n *markdown.ComponentBlock, args markdown.Arguments, name string) {
	if !isAlertName(name) {
		name = strings.ToLower(args.First("type", "kind", "variant"))
	}
	w.titled(n, "ALERT", attrs{alert: name}, args.First("title"))
}

// titled walks what a component holds as the content of a tag, below its title if it has one, which is a link if the attributes have an
// address.
func (w *walker) titled(n *markdown.ComponentBlock, tag string, a attrs, title string) {
	opened := w.b.begin(tag, a, true)
	w.summary(title, a.href)
	w.children(n)
	if opened {
		w.b.end(tag, true)
	}
}

// summary adds a title, as a link if there is an address.
func (w *walker) summary(title, address string) {
	linked := address != "" && title != "" && w.b.begin("a", attrs{href: address}, true)
	w.leaf("summary", title)
	if linked {
		w.b.end("a", true)
	}
}

// leaf adds a text as the content of a tag, unless it is empty.
func (w *walker) leaf(tag, text string) {
	if text != "" && w.b.begin(tag, attrs{}, true) {
		w.b.text(text)
		w.b.end(tag, true)
	}
}

// otherComponent walks a component that is unknown: its title as a link to where it leads, what it holds, and what is said below it. One
// that says nothing is shown as it is written.
func (w *walker) otherComponent(n *markdown.ComponentBlock, args markdown.Arguments, address string) {
	title, below := args.First("title", "heading", "label"), args.First("caption", "desc", "description", "alt")
	switch name := args["name"]; {
	case address == "": // the name may be one that only the program knows
	case title == "":
		title = name
	case below == "":
		below = name
	}
	if title == "" && (n.FirstChild() == nil || below == "") {
		title = address
	}
	if title+below == "" && n.FirstChild() == nil {
		w.b.flush()
		w.b.placeholder(n.Raw)
		w.b.flush()
		w.b.problem("the component <"+n.Name+"> is unknown and shown as it is written", "write Markdown or HTML instead")
		return
	}
	w.summary(title, address)
	w.children(n)
	if title == "" && n.FirstChild() == nil {
		w.leaf("p", below)
	} else {
		w.leaf("figcaption", below)
	}
}

// pictureOf returns the address of the picture, film or sound that a component shows; empty for none.
func pictureOf(name string, args markdown.Arguments) string {
	src := args.First("src", "path", "image", "img")
	for _, kind := range []string{"picture", "image", "img", "fig", "photo", "video", "screenshot", "iframe"} {
		if strings.Contains(name, kind) {
			return src
		}
	}
	if mediaOf("", src) == "" {
		return ""
	}
	return src
}

// mediaOf returns what is at an address, by the name of the component that shows it or by that of the file; empty if neither says.
func mediaOf(name, src string) string {
	switch ext := strings.ToLower(path.Ext(src)); {
	case strings.Contains(name, "video"), ext == ".mp4", ext == ".webm", ext == ".mov":
		return "video"
	case strings.Contains(name, "iframe"):
		return "iframe"
	case ext == ".mp3", ext == ".ogg", ext == ".wav":
		return "audio"
	case name != "", ext == ".png", ext == ".jpg", ext == ".jpeg", ext == ".gif", ext == ".webp", ext == ".avif", ext == ".svg":
		return "image"
	}
	return ""
}
