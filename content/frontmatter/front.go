// Package frontmatter reads the front matter of a post, in whatever form it is written, into fields, and mends what it can.
package frontmatter

import (
	"regexp"
	"strings"

	"postern/content/problem"
)

// A Form is one of the ways in which front matters are written.
type Form int

const (
	None   Form = iota
	YAML        // between ---, or closed by it and never opened
	TOML        // between +++
	JSON        // {…}, or between ---json and ---
	Script      // ---js: a program
	Header      // Key: value lines up to a blank line, as in an e-mail
	Links       // [key]: <> (value)
)

// A Front is a file cut in two: its front matter, and the body behind it. No line is lost: line n of the body, from 0, is line
// BodyLine+n of the file.
type Front struct {
	Form     Form
	Text     string
	Fence    string // the line that opens it, which may say more than the form does; empty for none
	line     int    // of text in the file, from 1
	Body     string
	BodyLine int
	unclosed bool   // the end of the front matter is missing
	whole    string // the file's text
}

// A lineCutter walks over a text line by line.
type lineCutter struct {
	text string
	at   int // where the next line begins
	n    int // the number of the line before it, from 1
}

// next returns the next line without its end, and false behind the last.
func (c *lineCutter) next() (string, bool) {
	if c.at >= len(c.text) {
		return "", false
	}
	rest := c.text[c.at:]
	end := strings.IndexByte(rest, '\n')
	c.n++
	if end < 0 {
		c.at = len(c.text)
		return rest, true
	}
	c.at += end + 1
	return rest[:end], true
}

var (
	fence      = regexp.MustCompile(`^(-{3,}|\+{3})[ \t]*([A-Za-z]*)[ \t]*$`)
	keyLine    = regexp.MustCompile(`^["']?([A-Za-z_][\w.-]*)["']?[ \t]*:`)
	tomlLine   = regexp.MustCompile(`^([A-Za-z_][\w.-]*)[ \t]*=[ \t]*\S`)
	linkLine   = regexp.MustCompile(`^\[([A-Za-z_][\w-]*)\]:[ \t]*<>[ \t]*(?:\((.*)\)|"(.*)"|'(.*)')[ \t]*$`)
	markerLine = regexp.MustCompile(`^(-{3,}|\.\.\.)[ \t]*$`)
)

// keyOf returns the key that a line of the kind begins with, in lower case.
func keyOf(kind *regexp.Regexp, l string) string {
	if m := kind.FindStringSubmatch(l); m != nil {
		return strings.ToLower(m[1])
	}
	return ""
}

// Split finds the front matter. A form is recognised by its first line alone, but for a block that turns out to
// hold no mapping, which is text between thematic breaks: [Front.Read] decides that.
func Split(text string) Front {
	f := cutFront(text)
	f.whole = text
	return f
}

func cutFront(text string) Front {
	c := &lineCutter{text: text}
	start := *c
	first, ok := c.next()
	for ok && strings.TrimSpace(first) == "" {
		start = *c
		first, ok = c.next()
	}
	whole := Front{Body: text, BodyLine: 1}
	if !ok {
		return whole
	}
	if m := fence.FindStringSubmatch(first); m != nil {
		return splitFenced(c, m, whole)
	}
	switch {
	case strings.HasPrefix(first, "{"):
		return splitJSON(start, whole)
	case KnownKeys[keyOf(linkLine, first)]:
		return splitWhile(start, Links, func(l string) bool { return linkLine.MatchString(l) })
	case KnownKeys[keyOf(keyLine, first)]:
		if f, ok := splitUnopened(start); ok {
			return f
		}
		return splitWhile(start, Header, func(l string) bool { return strings.TrimSpace(l) != "" })
	}
	return whole
}

// splitFenced cuts at the closing fence. Without one, the front matter is the lines up to the first blank one, if it
// begins with a known key; else there is none.
func splitFenced(c *lineCutter, opening []string, whole Front) Front {
	mark, lang := opening[1], strings.ToLower(opening[2])
	f := Front{Form: YAML, Fence: strings.TrimRight(opening[0], " \t"), line: c.n + 1}
	switch {
	case mark == "+++":
		f.Form = TOML
	case lang == "json":
		f.Form = JSON
	case lang == "toml":
		f.Form = TOML
	case lang != "" && lang != "yaml" && lang != "yml":
		f.Form = Script
	}
	begin := c.at
	opened := *c
	for {
		end := c.at
		l, ok := c.next()
		if !ok {
			break
		}
		if mark == "+++" && strings.TrimRight(l, " \t") == mark || mark != "+++" && markerLine.MatchString(l) {
			f.Text, f.Body, f.BodyLine = c.text[begin:end], c.text[c.at:], c.n+1
			return f
		}
	}
	first, _ := opened.next()
	if f.Form == Script || !KnownKeys[keyOf(keyLine, first)] && !KnownKeys[keyOf(tomlLine, first)] {
		return whole
	}
	cut := splitWhile(lineCutter{text: c.text, at: begin, n: f.line - 1}, f.Form, func(l string) bool { return strings.TrimSpace(l) != "" })
	cut.Fence, cut.unclosed = f.Fence, true
	return cut
}

// splitWhile takes lines for the front matter as long as they are part of it.
func splitWhile(c lineCutter, as Form, part func(string) bool) Front {
	begin, first := c.at, c.n+1
	for {
		before := c
		l, ok := c.next()
		if !ok || !part(l) {
			return Front{Form: as, Text: c.text[begin:before.at], line: first, Body: c.text[before.at:], BodyLine: before.n + 1}
		}
	}
}

// splitUnopened finds a YAML front matter that is closed and was never opened, as Hexo writes them: up to the fence
// every line is a key, an item, a comment, indented or blank.
func splitUnopened(c lineCutter) (Front, bool) {
	begin, first := c.at, c.n+1
	for {
		end := c.at
		l, ok := c.next()
		if !ok || end-begin > maxSize {
			return Front{}, false
		}
		if markerLine.MatchString(l) {
			return Front{Form: YAML, Text: c.text[begin:end], line: first, Body: c.text[c.at:], BodyLine: c.n + 1}, true
		}
		if l != "" && !strings.ContainsRune(" \t#-", rune(l[0])) && !keyLine.MatchString(l) {
			return Front{}, false
		}
	}
}

// splitJSON cuts behind the object that a file begins with, if it is one.
func splitJSON(c lineCutter, whole Front) Front {
	length := jsonLength(c.text[c.at:])
	if length == 0 {
		return whole
	}
	end := c.at + length
	f := Front{Form: JSON, Text: c.text[c.at:end], line: c.n + 1}
	for c.at < end {
		c.next()
	}
	if strings.TrimSpace(c.text[end:c.at]) != "" {
		return whole
	}
	f.Body, f.BodyLine = c.text[c.at:], c.n+1
	return f
}

// Read reads the front matter of a file in its form. A block that turns out not to be one goes back to the body.
func (r *Front) Read(file string) (m Fields, problems []problem.Problem) {
	if len(r.Text) > maxSize && r.Form == YAML && !hasKnownKey(r.Text[:maxSize]) {
		*r = Front{Body: r.whole, BodyLine: 1, whole: r.whole}
		return r.holdBack(file)
	}
	if len(r.Text) > maxSize && r.Form != Script {
		m = Fields{}
		readLines(file, *r, m, &problems)
		return m, append(problems, problem.Problem{File: file, Line: r.line, Severity: problem.Error,
			Message: "the front matter is larger than 64 KB; only its plain lines are read", Hint: "move what is long into the text"})
	}
	switch r.Form {
	case None:
		return r.holdBack(file)
	case YAML:
		var mapping bool
		if m, problems, mapping = parseYAML(file, *r); !mapping {
			*r = Front{Body: r.whole, BodyLine: 1, whole: r.whole} // its lines are text between thematic breaks
			return r.holdBack(file)
		}
		if len(m) == 0 && len(problems) == 0 { // a fence may be there twice
			return r.holdBack(file)
		}
	case TOML:
		m, problems = parseTOML(file, *r)
	case JSON:
		m, problems = parseJSON(file, *r)
		if _, wrong := problem.FirstError(problems); wrong {
			readLines(file, *r, m, new([]problem.Problem))
		}
	case Header:
		m, problems = parseHeader(file, *r)
	case Links:
		m = parseLinks(file, *r, &problems)
	case Script:
		m = Fields{}
		readLines(file, *r, m, &problems)
		m["draft"] = Field{Text: "true", Line: r.line - 1, Column: 1}
		problems = append(problems, problem.Problem{File: file, Line: r.line - 1, Column: 1, Severity: problem.Warning,
			Message: "the front matter is a program, which is not run: the post is a draft", Hint: "write it between two lines of ---"})
	}
	if r.unclosed {
		problems = append(problems, problem.Problem{File: file, Line: max(1, r.line-1), Column: 1, Severity: problem.Error,
			Message: "the front matter has no end", Hint: "close it with a line of ---"})
	}
	if at := strings.Index(r.Text, "<<<<<<< "); at == 0 || at > 0 && r.Text[at-1] == '\n' {
		return unfinishedMerge(m, file, r.line+strings.Count(r.Text[:at], "\n"))
	}
	return m, problems
}

// unfinishedMerge makes a draft of a file where git left both versions of the front matter. What else is wrong follows from that.
func unfinishedMerge(m Fields, file string, line int) (Fields, []problem.Problem) {
	m["draft"] = Field{Text: "true", Line: line, Column: 1}
	return m, []problem.Problem{{File: file, Line: line, Column: 1, Severity: problem.Error,
		Message: "a merge of the front matter was not finished: the post is a draft",
		Hint:    "keep one version, and take out the lines that begin with <<<<<<<, ======= and >>>>>>>"}}
}
