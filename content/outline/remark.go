package outline

import (
	"regexp"
	"slices"
	"strings"
)

// Authors write remarks for themselves into their posts: <!-- … -->, %% … %% as Obsidian has it, {# … #}, {% comment %} and
// {% # … %} of template languages, {{< comment >}} of Hugo, {/* … */} of MDX. What must hold: no reader sees one, on a page, in a search or in a
// feed, whatever stands around it; and in code they are text. So they are taken out before anything else reads the body.

// A remark is one way to write remarks.
type remark struct {
	mark  string // begin matches nothing that begins otherwise
	begin *regexp.Regexp
	end   *regexp.Regexp
}

var remarks = []remark{
	{"<!--", regexp.MustCompile(`^<!--`), regexp.MustCompile(`-->`)},
	{"{#", regexp.MustCompile(`^\{#`), regexp.MustCompile(`#\}`)},
	{"{%", regexp.MustCompile(`^\{%[-~]?[ \t]*comment[ \t]*[-~]?%\}`), regexp.MustCompile(`\{%[-~]?[ \t]*endcomment[ \t]*[-~]?%\}`)},
	{"{%", regexp.MustCompile(`^\{%[-~]?[ \t]*#`), regexp.MustCompile(`%\}`)},
	{"{", regexp.MustCompile(`^\{[ \t]*/\*`), regexp.MustCompile(`\*/[ \t]*\}`)},
	{"{{", regexp.MustCompile(`^\{\{[<%][ \t]*comment[ \t]*[>%]\}\}`), regexp.MustCompile(`\{\{[<%][ \t]*/[ \t]*comment[ \t]*[>%]\}\}`)},
	{"%%", regexp.MustCompile(`^%%`), regexp.MustCompile(`%%`)},
}

const (
	htmlRemark     = 0 // their places in remarks
	hashRemark     = 1
	mdxRemark      = 4
	obsidianRemark = 6
)

// WithoutRemarks returns a body without the remarks in it, with as many lines; and the line, from 1, of one that has no end, with
// everything behind it: 0 if there is none. In MDX no code is made by indenting.
func WithoutRemarks(body string, isMDX bool) (text string, unended int) {
	if !strings.Contains(body, "<!--") && !strings.Contains(body, "%%") && !strings.Contains(body, "{#") &&
		!strings.Contains(body, "{%") && !strings.Contains(body, "/*") && !strings.Contains(body, "comment") {
		return body, 0
	}
	e := eraser{body: body, blank: true, isMDX: isMDX, endlessRaw: map[string]bool{}}
	for e.at < len(body) && e.unended == 0 {
		e.line()
	}
	return e.text.String(), e.unended
}

// An eraser walks over a body and writes it without its remarks.
type eraser struct {
	body    string
	at      int // what is before it is written or erased
	text    strings.Builder
	unended int

	fence   string // the mark of the block of code that is open
	quoted  bool   // that block is in a quote
	isMDX   bool
	blank   bool    // the line before is blank
	code    bool    // the line before is indented code
	indent  int     // of the text of the list that is open, in columns
	holds   bool    // the line that is indented less may hold what follows: a tag, a component, an admonition
	endless [7]bool // the ways to write remarks that have no end any more

	endlessRaw map[string]bool // and the tags of code
}

// write keeps the text up to a place.
func (e *eraser) write(end int) {
	e.text.WriteString(e.body[e.at:end])
	e.at = end
}

// erase leaves out the text up to a place, but for its line ends.
func (e *eraser) erase(end int) {
	e.text.WriteString(strings.Repeat("\n", strings.Count(e.body[e.at:end], "\n")))
	e.at = end
}

// lineEnd returns where the line ends, behind its \n.
func (e *eraser) lineEnd() int {
	if n := strings.IndexByte(e.body[e.at:], '\n'); n >= 0 {
		return e.at + n + 1
	}
	return len(e.body)
}

// line reads a line, with the remarks and the code that begin on it.
func (e *eraser) line() {
	end := e.lineEnd()
	line := e.body[e.at:end]
	text := strings.TrimLeft(withoutMarkers(line), " \t")
	t := strings.TrimSpace(text)
	quoted := strings.HasPrefix(strings.TrimLeft(line, " \t"), ">")
	if e.fence != "" && (e.quoted && !quoted || e.indent > 0 && t != "" && indentation(line) == 0) {
		e.fence = "" // it ends with the quote or the list that it is in
	}
	switch {
	case e.fence != "":
		if strings.HasPrefix(t, e.fence) && strings.Trim(t, e.fence[:1]) == "" {
			e.fence = ""
		}
		e.write(end)
		return
	case t == "":
		e.blank = true
		e.write(end)
		return
	case e.isIndentedCode(line):
		e.code = true
		e.write(end)
		return
	}
	e.blank, e.code = false, false
	if mark := t[:len(t)-len(strings.TrimLeft(t, t[:1]))]; len(mark) >= 3 && (t[0] == '~' || t[0] == '`' && !strings.Contains(t[len(mark):], "`")) {
		e.fence, e.quoted = mark, quoted
		e.write(end)
		return
	}
	first := e.at + len(line) - len(text)
	if m := rawTag.FindStringSubmatch(t); m != nil {
		if n := strings.Index(strings.ToLower(e.body[e.at:]), "</"+strings.ToLower(m[1])); n >= 0 {
			e.write(e.at + n)
		}
	}
	e.span(first)
}

// isIndentedCode reports whether a line is code because it is indented, and notes how far the text of a list is.
func (e *eraser) isIndentedCode(line string) bool {
	columns := indentation(line)
	t := strings.TrimLeft(line, " \t")
	item := listMark.FindString(t)
	if !e.isMDX && !e.holds && columns >= e.indent+4 && (e.blank || e.code) && item == "" {
		return true
	}
	if holder.MatchString(withoutMarkers(line)) {
		e.holds = true
	} else if columns == 0 {
		e.holds = false
	}
	if item != "" {
		e.indent = columns + len(item)
	} else if columns == 0 {
		e.indent = 0
	}
	return false
}

// holder matches the beginning of what holds what is indented below it, as text.
var holder = regexp.MustCompile(`^[ \t]*(?:<|:|!!!|\?\?\?|===|\[\^|\{)`)

// indentation returns the columns of blanks that a line begins with.
func indentation(line string) (columns int) {
	for _, c := range line {
		switch c {
		case ' ':
			columns++
		case '\t':
			columns += 4 - columns%4
		default:
			return columns
		}
	}
	return columns
}

// span reads the rest of the line, of which the text begins at first.
func (e *eraser) span(first int) {
	for e.at < len(e.body) && e.unended == 0 {
		n := strings.IndexAny(e.body[e.at:], "\n\\`<{%")
		if n < 0 {
			e.write(len(e.body))
			return
		}
		e.write(e.at + n)
		rest := e.body[e.at:]
		switch {
		case rest[0] == '\n':
			e.write(e.at + 1)
			return
		case rest[0] == '\\' && len(rest) > 1 && rest[1] != '\n':
			e.write(e.at + 2)
		case rest[0] == '\\':
			e.write(e.at + 1)
		case e.inlineCode(rest):
		case e.remark(rest, e.at == first):
		default:
			e.write(e.at + 1)
		}
	}
}

var (
	codeTag = regexp.MustCompile(`^<((?i)code|kbd|samp|pre)[ >]`)

	// codeBegin matches the beginning of a tag of template languages around code. The name is that of its end in codeEnds.
	codeBegin = regexp.MustCompile("^\\{(?:%[-~]?[ \\t]*(raw|highlight|codeblock|code|verbatim)\\b|\\{[<%][ \\t]*(highlight)\\b|\\{-?[ \\t]*[\\w.]+[ \\t]+(`))")
	codeEnds  = map[string]*regexp.Regexp{
		"raw":       regexp.MustCompile(`\{%[-~]?[ \t]*endraw\b`),
		"highlight": regexp.MustCompile(`\{(?:%[-~]?[ \t]*end|\{[<%][ \t]*/[ \t]*)highlight\b`),
		"codeblock": regexp.MustCompile(`\{%[-~]?[ \t]*endcodeblock\b`),
		"code":      regexp.MustCompile(`\{%[-~]?[ \t]*endcode\b`),
		"verbatim":  regexp.MustCompile(`\{%[-~]?[ \t]*endverbatim\b`),
		"`":         regexp.MustCompile("`[ \\t]*-?\\}\\}"),
	}
)

// inlineCode keeps the code that the rest of a body begins with, and reports whether there is any.
func (e *eraser) inlineCode(rest string) bool {
	if rest[0] == '%' || len(rest) < 2 || rest[0] == '{' && rest[1] != '%' && rest[1] != '{' || rest[0] == '<' && strings.IndexByte("ckspCKSP", rest[1]) < 0 {
		return false
	}
	block := rest[:min(len(rest), 4*maxInline)]
	if n := strings.Index(block, "\n\n"); n >= 0 {
		block = block[:n]
	}
	switch {
	case rest[0] == '`':
		mark := rest[:len(rest)-len(strings.TrimLeft(rest, "`"))]
		for at := len(mark); at < len(block); {
			n := strings.Index(block[at:], mark)
			if n < 0 {
				break
			}
			run := len(block[at+n:]) - len(strings.TrimLeft(block[at+n:], "`"))
			if at += n + run; run == len(mark) {
				e.write(e.at + at)
				return true
			}
		}
		e.write(e.at + len(mark))
		return true
	case rest[0] == '<':
		if m := codeTag.FindStringSubmatch(block); m != nil {
			if n := strings.Index(block, "</"+m[1]); n >= 0 {
				e.write(e.at + n)
				return true
			}
		}
	case rest[0] == '{':
		m := codeBegin.FindStringSubmatch(block)
		if m == nil {
			return false
		}
		name := m[1] + m[2] + m[3]
		if e.endlessRaw[name] {
			return false
		}
		end := codeEnds[name].FindStringIndex(rest[len(m[0]):])
		if e.endlessRaw[name] = end == nil; end != nil {
			e.write(e.at + len(m[0]) + end[1])
			return true
		}
	}
	return false
}

// remark erases the remark that the rest of a body begins with, and reports whether there is one. First says that the line begins
// with it.
func (e *eraser) remark(rest string, first bool) bool {
	if len(rest) < 2 || strings.IndexByte("!#%/{ \t", rest[1]) < 0 {
		return false
	}
	i := slices.IndexFunc(remarks, func(r remark) bool {
		return strings.HasPrefix(rest, r.mark) && r.begin.MatchString(rest[:min(len(rest), maxInline)])
	})
	if i < 0 || i == obsidianRemark && e.at > 0 && '0' <= e.body[e.at-1] && e.body[e.at-1] <= '9' { // 100%% is a number
		return false
	}
	if i == htmlRemark || i == mdxRemark {
		if m := moreMark.FindStringIndex(rest[:min(len(rest), 64)]); m != nil && m[0] == 0 { // it says where the summary ends
			e.write(e.at + m[1])
			return true
		}
	}
	end := e.remarkEnd(i, rest, first)
	switch {
	case end < 0 && (i == obsidianRemark && !first || i == hashRemark && !hashRemarkLine.MatchString(rest)):
		return false
	case end < 0:
		e.unended = 1 + strings.Count(e.body[:e.at], "\n")
		e.erase(len(e.body))
	case i == htmlRemark && first: // it is a block, which may end another
		e.text.WriteString("<!--")
		e.erase(e.at + end)
		e.text.WriteString("-->")
	default:
		e.erase(e.at + end)
	}
	return true
}

// hashRemarkLine matches {# without an end that is a remark, and neither an attribute as in {#id} nor "{# of items}".
var hashRemarkLine = regexp.MustCompile(`^\{#[ \t-][^}\n]*(?:\n|$)`)

// remarkEnd returns where a remark ends, behind its end; -1 if it has none.
func (e *eraser) remarkEnd(i int, rest string, first bool) int {
	from := len(remarks[i].begin.FindString(rest))
	switch {
	case i == htmlRemark: // <!--> is a whole one (CommonMark 0.31, section 6.6)
		from = len("<!")
	case i == hashRemark && from < len(rest) && strings.IndexByte(" \t\n-", rest[from]) < 0: // {#id}, or {#remark#}
		rest = rest[:1+strings.IndexByte(rest, '}')]
	case i == obsidianRemark && !first: // within a paragraph
		if n := strings.Index(rest, "\n\n"); n >= 0 {
			rest = rest[:n]
		}
	case e.endless[i]:
		return -1
	default:
		e.endless[i] = true
	}
	if m := remarks[i].end.FindStringIndex(rest[min(from, len(rest)):]); m != nil {
		e.endless[i] = false
		return from + m[1]
	}
	return -1
}
