package content

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"postern/content/sanitize"
)

// maxSummary bounds a summary, in characters.
const maxSummary = 200

// An outline is what a scan of the body finds.
type outline struct {
	title    string // the H1 that the body begins with
	headings string // the texts of all headings, a line each
	summary  string
	words    int
	empty    bool // there is no text at all
}

var moreMark = regexp.MustCompile(`(?i)<!--[ \t]*(?:more|truncate)[ \t]*-->|\{/\*[ \t]*(?:more|truncate)[ \t]*\*/\}`)

// A paragraph is found in the order of its kinds: prose serves best as a summary, then what is quoted or listed, then
// the text within HTML.
type paragraph struct {
	text [html + 1]strings.Builder
	done [html + 1]bool
}

func (p *paragraph) add(k kind, body, l string) {
	if p.done[k] || p.text[k].Len() > 4*maxSummary {
		return
	}
	if text := plain(defined(body, unmarked(l))); text != "" {
		p.text[k].WriteString(text)
		p.text[k].WriteByte(' ')
	}
}

// end closes the paragraph of a kind if it holds any text.
func (p *paragraph) end(k kind) { p.done[k] = p.done[k] || p.text[k].Len() > 0 }

func (p *paragraph) best() string {
	for _, k := range []kind{prose, quote, list, html} {
		if s := sanitize.Line(p.text[k].String()); s != "" {
			return s
		}
	}
	return ""
}

// scanBody reads what the body says of itself. The summary is what stands before a mark such as <!-- more -->, else the
// first paragraph.
func scanBody(body string) outline {
	o := outline{empty: true}
	var first paragraph
	var teaser, headings strings.Builder
	marked, began, fifths := false, false, 0
	mayBeMarked := strings.Contains(body, "<!--") || strings.Contains(body, "{/*")
	s := scanner{cutter: cutter{text: body}, before: blank}
	last := blank
	for l, k, level, ok := s.next(); ok; l, k, level, ok = s.next() {
		if k != last {
			first.end(min(last, html))
		}
		last = k
		if mayBeMarked && !marked && k != code && (strings.Contains(l, "<!--") || strings.Contains(l, "{/*")) {
			if at := moreMark.FindStringIndex(l); at != nil {
				marked = true
				if k != aside {
					teaser.WriteString(plain(bounded(strings.TrimLeft(l[:at[0]], "> "))))
				}
			}
		}
		switch k {
		case blank, aside:
			continue
		case heading:
			text := plain(bounded(l))
			if !began && level == 1 {
				o.title = text
			}
			headings.WriteString(text)
			headings.WriteByte('\n')
			fifths += countWords(l)
		case code:
		default:
			if mayBeMarked && !marked && teaser.Len() < 4*maxSummary && k != html && k != table {
				teaser.WriteString(plain(defined(body, unmarked(l))))
				teaser.WriteByte(' ')
			}
			first.add(k, body, l)
			fifths += countWords(l)
		}
		began, o.empty = true, false
	}
	o.headings, o.words = headings.String(), (fifths+2)/5
	if o.summary = sanitize.Line(teaser.String()); !marked || o.summary == "" {
		o.summary = first.best()
	}
	o.summary = shorten(o.summary)
	return o
}

var lineMark = regexp.MustCompile(`^[ \t]*(?:>[ \t]*)*(?:\[![A-Za-z]+\][-+]?)?(?:(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t])?)?`)

// unmarked takes the marks of quotes, lists and alerts off the front of a line.
func unmarked(l string) string { return l[len(lineMark.FindString(l)):] }

// maxLine bounds what is looked at of one line for a summary or a heading, in bytes.
const maxLine = 4096

var shortcut = regexp.MustCompile(`(?:^|[^\]\[!])(\[[^\[\]]+\])(?:[^(\[:]|$)`)

// defined takes the brackets off references such as [text] whose definition the body holds.
func defined(body, l string) string {
	l = bounded(l)
	if strings.IndexByte(l, '[') < 0 || !strings.Contains(body, "]:") {
		return l
	}
	const most = 8 // of one line, since each costs a look through the body
	var b strings.Builder
	done := 0
	for _, m := range shortcut.FindAllStringSubmatchIndex(l, most) {
		text := l[m[2]:m[3]]
		if mark := text + ":"; strings.HasPrefix(body, mark) || strings.Contains(body, "\n"+mark) {
			b.WriteString(l[done:m[2]] + text[1:len(text)-1])
			done = m[3]
		}
	}
	return b.String() + l[done:]
}

// bounded cuts a line that no reader would read to its end.
func bounded(l string) string {
	if len(l) <= maxLine {
		return l
	}
	return strings.ToValidUTF8(l[:maxLine], "")
}

// shorten cuts a summary at the end of a word, where there is one near.
func shorten(s string) string {
	if utf8.RuneCountInString(s) <= maxSummary {
		return s
	}
	cut := string([]rune(s)[:maxSummary-1])
	if i := strings.LastIndexByte(cut, ' '); i > len(cut)/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:") + "…"
}
