package account

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/text"
	"golang.org/x/net/html"

	"postern/content/outline"
	"postern/sshapp/page/markdown"
)

// unshown are the elements whose content is not shown: what HTML itself doesn't show, and what is for programs that can't show a film,
// a sound or another page.
var unshown = set("script style template svg math head title datalist video audio iframe object canvas")

// described are the elements whose attributes are text: they have no other.
var described = set("img video audio iframe embed object")

func set(words string) map[string]bool {
	all := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		all[word] = true
	}
	return all
}

// html settles a stretch of HTML, which lies in these pieces of the source.
func (b *bookkeeper) html(source []byte, pieces []text.Segment, isBlock bool) {
	for _, p := range pieces {
		b.settle(p.Start, p.Stop, "HTML")
	}
	z := html.NewTokenizer(bytes.NewReader(source))
	z.SetMaxBuf(0)
	at := 0
	for {
		kind := z.Next()
		here := pieces[0].Start + at
		at += len(z.Raw())
		switch kind {
		case html.ErrorToken:
			if isBlock && b.dropping != "" && !b.endsBelow(b.dropping, pieces[len(pieces)-1].Stop) {
				b.dropping = "" // its author forgot its end
			}
			return
		case html.TextToken:
			if b.dropping == "" {
				b.Apart = append(b.Apart, Piece{here, string(z.Text())})
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			raw := z.Raw()
			name, hasAttributes := z.TagName()
			tag := string(name)
			if tag != "script" && tag != "style" {
				z.NextIsNotRawText()
			}
			closed := bytes.HasSuffix(raw, []byte("/>"))
			if hasAttributes && b.dropping == "" {
				b.attributes(here, tag, z)
			}
			if b.dropping == "" && unshown[tag] && !closed && (isBlock || b.endsBelow(tag, here)) {
				b.dropping = tag
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); string(name) == b.dropping {
				b.dropping = ""
			}
		}
	}
}

// attributes notes those attributes of the tag that the tokenizer stands at which are text: what describes a picture, and what is said
// of or by a component. Titles of other elements of HTML are tooltips.
func (b *bookkeeper) attributes(at int, tag string, z *html.Tokenizer) {
	isComponent := !outline.IsElement(tag)
	for more := true; more; {
		var k, v []byte
		k, v, more = z.TagAttr()
		value := string(v)
		switch name := string(k); {
		case isComponent && !isText(name, value), !isComponent && !described[tag]:
		case name == "alt", isComponent, name == "title" && !isFileName(value):
			b.Apart = append(b.Apart, Piece{at, value})
		}
	}
}

// isFileName reports whether a title looks like the name of a picture's file, which programs put there that upload pictures.
func isFileName(title string) bool {
	return fileName.MatchString(title) || !strings.ContainsAny(title, " \n")
}

var fileName = regexp.MustCompile(`(?i)\.(?:avif|gif|jpe?g|png|svg|webp)$`)

// endsBelow reports whether the source has an end tag of that name behind a place.
func (b *bookkeeper) endsBelow(name string, at int) bool {
	last, known := b.lastEnds[name]
	if !known {
		last = bytes.LastIndex(bytes.ToLower(b.source), []byte("</"+name))
		b.lastEnds[name] = last
	}
	return last >= at
}

var (
	// textArguments are the arguments of tags that are text, however short.
	textArguments = set("alt title caption summary desc description name attr author")

	// identifier matches a name that isn't a person's.
	identifier = regexp.MustCompile(`^[a-z0-9_.-]*$`)

	// argument matches an argument of a tag that stands in quotes.
	argument = regexp.MustCompile("(?:([\\w-]+)\\s*[=:]\\s*)?(?:\"([^\"]*)\"|'([^']*)'|`([^`]*)`)")

	// sentence matches what is not a list of classes or the like.
	sentence = regexp.MustCompile(`\pL[\pL\d'’]*,? \pL.* \pL`)
)

// isText reports whether an argument of a tag or a component is text by its name.
func isText(name, value string) bool {
	return textArguments[strings.ToLower(name)] && !(name == "name" && identifier.MatchString(value)) && !strings.ContainsAny(value, "{}")
}

// tag settles a tag of a site's generator, and notes those of its arguments that are text.
func (b *bookkeeper) tag(at int, t *markdown.Tag) {
	b.settle(at, min(at+len(t.Raw), len(b.source)), "tag")
	if b.dropping != "" || t.Name == "" || t.Closes {
		return
	}
	for _, m := range argument.FindAllStringSubmatch(t.Args, -1) {
		value := m[2] + m[3] + m[4]
		if isText(m[1], value) || sentence.MatchString(value) {
			b.Apart = append(b.Apart, Piece{at, markdown.Unescape(value)})
		}
	}
}

// component settles the start tag of a component, and notes its attributes that are text.
func (b *bookkeeper) component(at int, raw string) {
	b.settle(at, b.tagEnd(at, raw), "tag of a component")
	if b.dropping != "" {
		return
	}
	for _, m := range argument.FindAllStringSubmatch(raw, -1) {
		if value := m[2] + m[3] + m[4]; isText(m[1], value) {
			b.Apart = append(b.Apart, Piece{at, markdown.Unescape(value)})
		}
	}
}

// componentBlock settles the start tag of a component that stands on lines of its own. In MDX it may be an element of HTML.
func (b *bookkeeper) componentBlock(n *markdown.ComponentBlock, entering bool) {
	isElement := outline.IsElement(n.Name)
	switch {
	case entering && isElement && !described[n.Name]:
		b.settle(n.Pos(), b.tagEnd(n.Pos(), n.Raw), "HTML")
	case entering:
		b.component(n.Pos(), n.Raw)
	}
	switch {
	case entering && b.dropping == "" && unshown[n.Name]:
		b.dropping = n.Name
	case !entering && b.dropping == n.Name:
		b.dropping = ""
	}
}
