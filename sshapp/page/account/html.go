package account

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"golang.org/x/net/html"

	"postern/content/outline"
	"postern/sshapp/page/document"
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

// literal are the elements whose text is no Markdown.
var literal = set("pre listing xmp plaintext code tt samp kbd")

// html settles a stretch of HTML, which lies in these pieces of the source.
func (b *bookkeeper) html(source []byte, pieces []text.Segment, isBlock bool) {
	place := placeIn(pieces)
	z := html.NewTokenizer(bytes.NewReader(document.MaskTags(source)))
	z.SetMaxBuf(0)
	literals, at := 0, 0
	for {
		kind := z.Next()
		from := at
		at += len(z.Raw())
		if kind == html.ErrorToken {
			break
		}
		here, end := place(from), place(at-1)+1
		switch kind {
		case html.TextToken:
			b.htmlText(source[from:at], here, end, literals == 0)
			continue
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
			if literal[tag] && !closed {
				literals++
			}
			if b.dropping == "" && unshown[tag] && !closed && (isBlock || b.endsBelow(tag, here)) {
				b.dropping = tag
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if string(name) == b.dropping {
				b.dropping = ""
			}
			if literal[string(name)] {
				literals--
			}
		}
		b.settle(here, end, "HTML")
	}
	if isBlock && b.dropping != "" && !b.endsBelow(b.dropping, pieces[len(pieces)-1].Stop) {
		b.dropping = "" // its author forgot its end
	}
}

// htmlText settles the text between two tags of HTML, which may be Markdown.
func (b *bookkeeper) htmlText(s []byte, begin, end int, mayBeMarkdown bool) {
	if b.dropping != "" {
		b.settle(begin, end, "content of <"+b.dropping+">")
		return
	}
	trimmed := bytes.TrimSpace(s)
	if len(trimmed) == 0 {
		return
	}
	before := bytes.Index(s, trimmed)
	from := begin + before
	isWhole := from+len(trimmed) <= len(b.source) && bytes.Equal(b.source[from:from+len(trimmed)], trimmed)
	if mayBeMarkdown && isWhole && bytes.ContainsAny(trimmed, "*`[{$!_#>|~:+-0123456789") {
		if part := b.tree.ParsePart(from, from+len(trimmed), bytes.IndexByte(s[:before], '\n') >= 0); part != nil {
			b.isApart = true
			ast.Walk(part, b.node)
			b.isApart = false
			return
		}
	}
	b.settle(begin, end, "text")
	b.Apart = append(b.Apart, Piece{begin, html.UnescapeString(string(s))})
}

// placeIn returns a func that says where in the source a byte is of what lies in these pieces of it. It is called for one after another.
func placeIn(pieces []text.Segment) func(at int) int {
	begin := 0
	return func(at int) int {
		for len(pieces) > 1 && at >= begin+pieces[0].Len()+pieces[0].Padding {
			begin += pieces[0].Len() + pieces[0].Padding
			pieces = pieces[1:]
		}
		return pieces[0].Start + max(at-begin-pieces[0].Padding, 0)
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
	identifier = regexp.MustCompile(`^[a-z0-9_./-]*$`)

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
	if b.dropping != "" || t.Name == "" || t.Closes || t.Statement() != markdown.NoStatement || t.IsQuoted() || t.NamesFile() {
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
