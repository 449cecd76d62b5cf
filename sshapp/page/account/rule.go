package account

import (
	"bytes"
	"regexp"
	"unicode"
	"unicode/utf8"
)

// A rule names a kind of syntax between the texts of a source.
type rule struct {
	name    string
	pattern *regexp.Regexp // its first group is the syntax
}

func newRule(name, pattern string) rule {
	return rule{name, regexp.MustCompile(`^(` + pattern + `)`)}
}

// rules has the rules by the byte that their syntax begins with.
var rules = func() (of [256][]rule) {
	reference := newRule("name of a reference", `\]\[[^\]]*\]`)
	footnote := newRule("name of a footnote", `\[\^[^\]\n]+\]:?`)
	definition := newRule("definition of a reference", `\[(?:[^\[\]\\]|\\.)+\]:[ \t]*\n?[ \t>]*(?:<[^<>\n]*>|\S+)(?:[ \t]*\n?[ \t>]*(?:"[^"]*"|'[^']*'|\([^()]*\)))?[ \t]*(?:\n|$)`)
	task := newRule("box of a task", `\[[xX]\]`)
	wikilink := newRule("target of a link between notes", `\[\[[^\[\]|\n]*\|`)
	fence := newRule("language of a block of code", "(?:`{3,}|~{3,})[^\n]*")
	number := newRule("number of a list's item", `\d{1,9}[.)]`)
	container := newRule("name of a container", `(?::{3,}|!!!|\?\?\?|===[+!]?[ \t]+")[^\n]*`)
	emoji := newRule("name of an emoji", `:[\w+-]+:`)
	attributes := newRule("attributes", `\{[^{}\n]*\}`)
	tag := newRule("tag", `\{\{(?:[^}\x60]|\}[^}])*\}\}|\{%(?:[^%]|%[^}])*%\}|\{\{-?\s*[\w.]+\s+\x60`)
	endTag := newRule("tag of a component", `</[A-Za-z][\w.:-]*\s*>`)
	anchor := newRule("anchor of a heading", `\(#[\pL\d_-]+\)`)
	contents := newRule("place of a table of contents", `(?:[*+-]|\d+\.)[ \t][^\n]*\n[ \t]*\{:[ \t]*toc[^{}\n]*\}`)
	size := rule{"size of a picture", regexp.MustCompile(`^((?:\\?\|)? *\d{1,5}(?: *x *\d{1,5})? *)\]`)}

	for first, some := range map[byte][]rule{
		']': {reference}, '[': {footnote, definition, task, wikilink}, '`': {fence}, '~': {fence}, ':': {container, emoji}, '!': {container},
		'?': {container}, '=': {container}, '{': {tag, attributes}, '|': {size}, '\\': {size}, '<': {endTag}, '*': {contents}, '+': {contents}, '-': {contents}, '(': {anchor},
	} {
		of[first] = some
	}
	for digit := byte('0'); digit <= '9'; digit++ {
		of[digit] = []rule{contents, number, size}
	}
	return of
}()

// maxSyntax and maxLines bound the syntax of a rule, in bytes and in lines: each byte of a gap may be the beginning of some.
const maxSyntax, maxLines = 64 << 10, 4

// gap settles a stretch that no node of the tree stands for.
func (b *bookkeeper) gap(begin, end int) {
	for at := begin; at < end; {
		name, n := syntax(b.source[at:end])
		if n > 0 {
			if b.count != nil {
				b.count(name, countLetters(b.source[at:at+n]))
			}
			at += n
			continue
		}
		r, size := utf8.DecodeRune(b.source[at:end])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			at += size
			continue
		}
		word := b.source[at:end]
		if i := bytes.IndexAny(word, " \t\n"); i >= 0 {
			word = word[:i]
		}
		b.Lost = append(b.Lost, Piece{at, string(word)})
		at += len(word)
	}
}

// syntax returns the rule of the syntax that a gap begins with, and its length; 0 if it begins with none.
func syntax(gap []byte) (name string, length int) {
	if bytes.HasPrefix(gap, []byte("](")) {
		return "address of a link", targetLength(gap)
	}
	known := rules[gap[0]]
	if known == nil {
		return "", 0
	}
	gap = gap[:min(len(gap), maxSyntax)]
	end := 0
	for range maxLines {
		i := bytes.IndexByte(gap[end:], '\n')
		if i < 0 {
			end = len(gap)
			break
		}
		end += i + 1
	}
	for _, r := range known {
		if m := r.pattern.FindSubmatchIndex(gap[:end]); m != nil {
			return r.name, m[3]
		}
	}
	return "", 0
}

// targetLength returns how long the target of a link is, with its title, that a gap begins with.
func targetLength(gap []byte) int {
	depth, quote := 0, byte(0)
	for i := 1; i < len(gap); i++ {
		switch c := gap[i]; {
		case c == '\\':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '<' && gap[i-1] == '(':
			quote = '>'
		case (c == '"' || c == '\'') && (gap[i-1] == ' ' || gap[i-1] == '\n' || gap[i-1] == '\t'):
			quote = c
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(gap)
}
