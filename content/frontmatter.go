package content

import (
	"postern/content/problem"
	"regexp"
	"strings"
)

// A form is one of the ways in which front matters are written.
type form int

const (
	none       form = iota
	yamlForm        // between ---, or closed by it and never opened
	tomlForm        // between +++
	jsonForm        // {…}, or between ---json and ---
	scriptForm      // ---js: a program
	headerForm      // Key: value lines up to a blank line, as in an e-mail
	linkForm        // [key]: <> (value)
)

// A frontText is a file cut in two: its front matter, and the body behind it. No line is lost, so that a line of the body
// is line bodyLine+n of the file.
type frontText struct {
	form     form
	text     string
	line     int // of text in the file, from 1
	body     string
	bodyLine int
	open     bool   // the end of the front matter is missing
	whole    string // the file's text
}

// A cutter walks over a text line by line.
type cutter struct {
	text string
	at   int // where the next line begins
	n    int // its number, from 1
}

// next returns the next line without its end, and false behind the last.
func (c *cutter) next() (string, bool) {
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

// splitFront finds the front matter. A form is recognised by its first line alone, but for a block that turns out to
// hold no mapping, which is text between thematic breaks: parseFront decides that.
func splitFront(text string) frontText {
	f := cutFront(text)
	f.whole = text
	return f
}

func cutFront(text string) frontText {
	c := &cutter{text: text}
	start := *c
	first, ok := c.next()
	for ok && strings.TrimSpace(first) == "" {
		start = *c
		first, ok = c.next()
	}
	whole := frontText{body: text, bodyLine: 1}
	if !ok {
		return whole
	}
	if m := fence.FindStringSubmatch(first); m != nil {
		return splitFenced(c, m[1], strings.ToLower(m[2]), whole)
	}
	switch {
	case strings.HasPrefix(first, "{"):
		return splitJSON(start, whole)
	case knownKeys[keyOf(linkLine, first)]:
		return splitWhile(start, linkForm, func(l string) bool { return linkLine.MatchString(l) })
	case knownKeys[keyOf(keyLine, first)]:
		if f, ok := splitUnopened(start); ok {
			return f
		}
		return splitWhile(start, headerForm, func(l string) bool { return strings.TrimSpace(l) != "" })
	}
	return whole
}

// splitFenced cuts at the closing fence. Without one, the front matter is the lines up to the first blank one, if it
// begins with a known key; else there is none.
func splitFenced(c *cutter, mark, lang string, whole frontText) frontText {
	f := frontText{form: yamlForm, line: c.n + 1}
	switch {
	case mark == "+++":
		f.form = tomlForm
	case lang == "json":
		f.form = jsonForm
	case lang == "toml":
		f.form = tomlForm
	case lang != "" && lang != "yaml" && lang != "yml":
		f.form = scriptForm
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
			f.text, f.body, f.bodyLine = c.text[begin:end], c.text[c.at:], c.n+1
			return f
		}
	}
	first, _ := opened.next()
	if f.form == scriptForm || !knownKeys[keyOf(keyLine, first)] && !knownKeys[keyOf(tomlLine, first)] {
		return whole
	}
	cut := splitWhile(cutter{text: c.text, at: begin, n: f.line - 1}, f.form, func(l string) bool { return strings.TrimSpace(l) != "" })
	cut.open = true
	return cut
}

// splitWhile takes lines for the front matter as long as they are part of it.
func splitWhile(c cutter, as form, part func(string) bool) frontText {
	begin, first := c.at, c.n+1
	for {
		before := c
		l, ok := c.next()
		if !ok || !part(l) {
			return frontText{form: as, text: c.text[begin:before.at], line: first, body: c.text[before.at:], bodyLine: before.n + 1}
		}
	}
}

// splitUnopened finds a YAML front matter that is closed and was never opened, as Hexo writes them: up to the fence
// every line is a key, an item, a comment, indented or blank.
func splitUnopened(c cutter) (frontText, bool) {
	begin, first := c.at, c.n+1
	for {
		end := c.at
		l, ok := c.next()
		if !ok || end-begin > maxMatter {
			return frontText{}, false
		}
		if markerLine.MatchString(l) {
			return frontText{form: yamlForm, text: c.text[begin:end], line: first, body: c.text[c.at:], bodyLine: c.n + 1}, true
		}
		if l != "" && !strings.ContainsRune(" \t#-", rune(l[0])) && !keyLine.MatchString(l) {
			return frontText{}, false
		}
	}
}

// splitJSON cuts behind the object that a file begins with, if it is one.
func splitJSON(c cutter, whole frontText) frontText {
	length := jsonLength(c.text[c.at:])
	if length == 0 {
		return whole
	}
	end := c.at + length
	f := frontText{form: jsonForm, text: c.text[c.at:end], line: c.n + 1}
	for c.at < end {
		c.next()
	}
	if strings.TrimSpace(c.text[end:c.at]) != "" {
		return whole
	}
	f.body, f.bodyLine = c.text[c.at:], c.n+1
	return f
}

// read reads the front matter of a file in its form. A block that turns out not to be one goes back to the body.
func (r *frontText) read(file string) (m matter, problems []problem.Problem) {
	if len(r.text) > maxMatter && r.form == yamlForm && !hasKnownKey(r.text[:maxMatter]) {
		*r = frontText{body: r.whole, bodyLine: 1}
		return nil, nil
	}
	if len(r.text) > maxMatter && r.form != scriptForm {
		m = matter{}
		readLines(file, *r, m, &problems)
		return m, append(problems, problem.Problem{File: file, Line: r.line, Severity: problem.Error,
			Message: "the front matter is larger than 64 KB; only its plain lines are read", Hint: "move what is long into the text"})
	}
	switch r.form {
	case yamlForm:
		var mapping bool
		if m, problems, mapping = parseYAML(file, *r); !mapping {
			*r = frontText{body: r.whole, bodyLine: 1} // its lines are text between thematic breaks
			return nil, nil
		}
	case tomlForm:
		m, problems = parseTOML(file, *r)
	case jsonForm:
		m, problems = parseJSON(file, *r)
		if _, wrong := problem.FirstError(problems); wrong {
			readLines(file, *r, m, new([]problem.Problem))
		}
	case headerForm:
		m, problems = parseHeader(file, *r)
	case linkForm:
		m = parseLinks(file, *r, &problems)
	case scriptForm:
		m = matter{}
		readLines(file, *r, m, &problems)
		m["draft"] = fieldValue{text: "true", line: r.line - 1, col: 1}
		problems = append(problems, problem.Problem{File: file, Line: r.line - 1, Column: 1, Severity: problem.Warning,
			Message: "the front matter is a program, which is not run: the post is a draft", Hint: "write it between two lines of ---"})
	}
	if r.open {
		problems = append(problems, problem.Problem{File: file, Line: max(1, r.line-1), Column: 1, Severity: problem.Error,
			Message: "the front matter has no end", Hint: "close it with a line of ---"})
	}
	return m, problems
}
