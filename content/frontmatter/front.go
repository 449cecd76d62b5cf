// Package frontmatter reads the front matter of a post, in whatever form it is written, into fields, and mends what it can.
package frontmatter

import (
	"postern/content/problem"
	"regexp"
	"strings"
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

// A Front is a file cut in two: its front matter, and the body behind it. No line is lost, so that a line of the body
// is line bodyLine+n of the file.
type Front struct {
	Form     Form
	Text     string
	line     int // of text in the file, from 1
	Body     string
	BodyLine int
	open     bool   // the end of the front matter is missing
	whole    string // the file's text
}

// A LineCutter walks over a text line by line.
type LineCutter struct {
	Text string
	at   int // where the next line begins
	N    int // its number, from 1
}

// Next returns the next line without its end, and false behind the last.
func (c *LineCutter) Next() (string, bool) {
	if c.at >= len(c.Text) {
		return "", false
	}
	rest := c.Text[c.at:]
	end := strings.IndexByte(rest, '\n')
	c.N++
	if end < 0 {
		c.at = len(c.Text)
		return rest, true
	}
	c.at += end + 1
	return rest[:end], true
}

var (
	Fence      = regexp.MustCompile(`^(-{3,}|\+{3})[ \t]*([A-Za-z]*)[ \t]*$`)
	KeyLine    = regexp.MustCompile(`^["']?([A-Za-z_][\w.-]*)["']?[ \t]*:`)
	TOMLLine   = regexp.MustCompile(`^([A-Za-z_][\w.-]*)[ \t]*=[ \t]*\S`)
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
// hold no mapping, which is text between thematic breaks: parseFront decides that.
func Split(text string) Front {
	f := cutFront(text)
	f.whole = text
	return f
}

func cutFront(text string) Front {
	c := &LineCutter{Text: text}
	start := *c
	first, ok := c.Next()
	for ok && strings.TrimSpace(first) == "" {
		start = *c
		first, ok = c.Next()
	}
	whole := Front{Body: text, BodyLine: 1}
	if !ok {
		return whole
	}
	if m := Fence.FindStringSubmatch(first); m != nil {
		return splitFenced(c, m[1], strings.ToLower(m[2]), whole)
	}
	switch {
	case strings.HasPrefix(first, "{"):
		return splitJSON(start, whole)
	case Known[keyOf(linkLine, first)]:
		return splitWhile(start, Links, func(l string) bool { return linkLine.MatchString(l) })
	case Known[keyOf(KeyLine, first)]:
		if f, ok := splitUnopened(start); ok {
			return f
		}
		return splitWhile(start, Header, func(l string) bool { return strings.TrimSpace(l) != "" })
	}
	return whole
}

// splitFenced cuts at the closing fence. Without one, the front matter is the lines up to the first blank one, if it
// begins with a known key; else there is none.
func splitFenced(c *LineCutter, mark, lang string, whole Front) Front {
	f := Front{Form: YAML, line: c.N + 1}
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
		l, ok := c.Next()
		if !ok {
			break
		}
		if mark == "+++" && strings.TrimRight(l, " \t") == mark || mark != "+++" && markerLine.MatchString(l) {
			f.Text, f.Body, f.BodyLine = c.Text[begin:end], c.Text[c.at:], c.N+1
			return f
		}
	}
	first, _ := opened.Next()
	if f.Form == Script || !Known[keyOf(KeyLine, first)] && !Known[keyOf(TOMLLine, first)] {
		return whole
	}
	cut := splitWhile(LineCutter{Text: c.Text, at: begin, N: f.line - 1}, f.Form, func(l string) bool { return strings.TrimSpace(l) != "" })
	cut.open = true
	return cut
}

// splitWhile takes lines for the front matter as long as they are part of it.
func splitWhile(c LineCutter, as Form, part func(string) bool) Front {
	begin, first := c.at, c.N+1
	for {
		before := c
		l, ok := c.Next()
		if !ok || !part(l) {
			return Front{Form: as, Text: c.Text[begin:before.at], line: first, Body: c.Text[before.at:], BodyLine: before.N + 1}
		}
	}
}

// splitUnopened finds a YAML front matter that is closed and was never opened, as Hexo writes them: up to the fence
// every line is a key, an item, a comment, indented or blank.
func splitUnopened(c LineCutter) (Front, bool) {
	begin, first := c.at, c.N+1
	for {
		end := c.at
		l, ok := c.Next()
		if !ok || end-begin > maxMatter {
			return Front{}, false
		}
		if markerLine.MatchString(l) {
			return Front{Form: YAML, Text: c.Text[begin:end], line: first, Body: c.Text[c.at:], BodyLine: c.N + 1}, true
		}
		if l != "" && !strings.ContainsRune(" \t#-", rune(l[0])) && !KeyLine.MatchString(l) {
			return Front{}, false
		}
	}
}

// splitJSON cuts behind the object that a file begins with, if it is one.
func splitJSON(c LineCutter, whole Front) Front {
	length := jsonLength(c.Text[c.at:])
	if length == 0 {
		return whole
	}
	end := c.at + length
	f := Front{Form: JSON, Text: c.Text[c.at:end], line: c.N + 1}
	for c.at < end {
		c.Next()
	}
	if strings.TrimSpace(c.Text[end:c.at]) != "" {
		return whole
	}
	f.Body, f.BodyLine = c.Text[c.at:], c.N+1
	return f
}

// Read reads the front matter of a file in its form. A block that turns out not to be one goes back to the body.
func (r *Front) Read(file string) (m Fields, problems []problem.Problem) {
	if len(r.Text) > maxMatter && r.Form == YAML && !hasKnownKey(r.Text[:maxMatter]) {
		*r = Front{Body: r.whole, BodyLine: 1}
		return nil, nil
	}
	if len(r.Text) > maxMatter && r.Form != Script {
		m = Fields{}
		readLines(file, *r, m, &problems)
		return m, append(problems, problem.Problem{File: file, Line: r.line, Severity: problem.Error,
			Message: "the front matter is larger than 64 KB; only its plain lines are read", Hint: "move what is long into the text"})
	}
	switch r.Form {
	case YAML:
		var mapping bool
		if m, problems, mapping = parseYAML(file, *r); !mapping {
			*r = Front{Body: r.whole, BodyLine: 1} // its lines are text between thematic breaks
			return nil, nil
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
	if r.open {
		problems = append(problems, problem.Problem{File: file, Line: max(1, r.line-1), Column: 1, Severity: problem.Error,
			Message: "the front matter has no end", Hint: "close it with a line of ---"})
	}
	return m, problems
}
