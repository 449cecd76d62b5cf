package document

import (
	"unicode"
	"unicode/utf8"
)

// What HTML sets above or below its line: raised and lowered text, and readings (ruby).

// shiftTail raises or lowers the text of a tag that ends: in Unicode's raised or lowered characters, or else behind the sign
// that stands for it in plain text.
func (b *builder) shiftTail(f openTag, table map[rune]rune, sign string) {
	tail := b.tail(f)
	switch s := tail.Plain(); {
	case s == "":
	case shift(s, table) != s:
		b.replaceTail(f, b.shifted(tail, table), "", "")
	case Letters(s) == "", isRaisedWord[s], s[0] == '[', s[0] == '(': // reads well as it is
	case b.behindLetter(f): // a gloss
		b.replaceTail(f, tail, "(", ")")
	case len(s) == 1:
		b.replaceTail(f, tail, sign, "")
	default:
		b.replaceTail(f, tail, sign+"(", ")")
	}
}

// isRaisedWord has the ends of ordinals, and other words that are often raised.
var isRaisedWord = map[string]bool{
	"st": true, "nd": true, "rd": true, "th": true, "TM": true, "e": true, "er": true, "o": true, "a": true,
}

// behindLetter reports whether a tag stands behind a letter that is not Latin.
func (b *builder) behindLetter(f openTag) bool {
	r, _ := utf8.DecodeLastRune(b.leaf.Text[:b.beginOf(f)])
	return unicode.IsLetter(r) && !unicode.In(r, unicode.Latin, unicode.Greek)
}

// shifted returns text in the characters that a table has for its own, and gives the links in it the same text.
func (b *builder) shifted(tail *Block, table map[rune]rune) *Block {
	shifted := &Block{}
	text := string(tail.Text)
	tail.EachRun(text, 0, len(text), func(text string, r Run) {
		shifted.Add(shift(text, table), r.Roles, r.Link)
		if r.Link > 0 {
			l := &b.Links[r.Link-1]
			l.Text = shift(l.Text, table)
		}
	})
	return shifted
}

// annotate puts the text of an <rt> that ends, a reading, in brackets behind what it is the reading of. One that follows
// another stands in the same brackets.
func (b *builder) annotate(f openTag) {
	tail := b.tail(f)
	if len(tail.Text) == 0 {
		return
	}
	b.replaceTail(f, &Block{}, "", "")
	b.leaf.trimBlanks()
	open := "("
	if n := len(b.leaf.Text) - 1; n >= 0 && b.leaf.Text[n] == ')' && b.leaf.RolesAt(n)&Generated != 0 {
		b.leaf.cut(n)
		open = " "
	}
	f.inLeaf, f.textBegin = b.leaf, len(b.leaf.Text)
	b.replaceTail(f, tail, open, ")")
}

// tail returns what the open leaf has of the text within an open tag, without the blanks around it. If a picture stands in it,
// which knows its place, that is nothing.
func (b *builder) tail(f openTag) *Block {
	tail := &Block{}
	if b.leaf == nil || len(b.inline) > 0 && b.inline[len(b.inline)-1].end > b.beginOf(f) {
		return tail
	}
	text := b.leaf.Text
	begin := b.beginOf(f)
	for begin < len(text) && (text[begin] == ' ' || text[begin] == '\n') {
		begin++
	}
	for _, r := range b.leaf.Runs[b.leaf.runAt(begin):] {
		tail.Add(string(text[begin:r.End]), r.Roles, r.Link)
		begin = r.End
	}
	tail.trim()
	return tail
}

// replaceTail replaces the text within an open tag by other text, between two signs.
func (b *builder) replaceTail(f openTag, tail *Block, open, shut string) {
	b.leaf.cut(b.beginOf(f))
	b.leaf.Add(open, b.roles|Generated, b.link)
	text := string(tail.Text)
	tail.EachRun(text, 0, len(text), func(text string, r Run) { b.leaf.Add(text, r.Roles, r.Link) })
	b.leaf.Add(shut, b.roles|Generated, b.link)
}
