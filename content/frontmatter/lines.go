package frontmatter

import (
	"fmt"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"

	"postern/content/problem"
	"postern/content/sanitize"
)

// Here are read the front matters that no parser takes: those that are plain lines by design, and those that are broken. A
// broken one is cut into chunks, a key at the left margin with all that is indented below it, and a chunk that still can't
// be parsed is read as text.

// A chunk is one key of a front matter, and the lines that belong to it.
type chunk struct {
	text string
	line int // in the file
}

// chunks cuts a front matter in YAML into its keys, a chunk each.
func chunks(f Front) []chunk {
	var all []chunk
	c := lineCutter{text: f.Text, n: f.line - 1}
	begin, first := 0, f.line
	for {
		at := c.at
		l, ok := c.next()
		if at > begin && (!ok || isChunkStart(l)) {
			all = append(all, chunk{f.Text[begin:at], first})
			begin, first = at, c.n
		}
		if !ok {
			return all
		}
	}
}

func isChunkStart(l string) bool {
	return l != "" && !strings.ContainsRune(" \t-#\u00a0", []rune(l)[0])
}

// splitAtTabs cuts a chunk where a known key stands behind a tab, and takes the tab out.
func splitAtTabs(c chunk) []chunk {
	var all []chunk
	begin, first := 0, c.line
	lines := lineCutter{text: c.text, n: c.line - 1}
	for at := 0; ; at = lines.at {
		l, ok := lines.next()
		starts := ok && strings.HasPrefix(l, "\t") && KnownKeys[keyOf(keyLine, strings.TrimLeft(l, "\t "))]
		if at > begin && (!ok || starts) {
			all = append(all, chunk{strings.TrimLeft(c.text[begin:at], "\t "), first})
			begin, first = at, lines.n
		}
		if !ok {
			return all
		}
	}
}

// switchWord matches a line that begins with a key which may hide the post.
var switchWord = regexp.MustCompile(`^["'“]?(?:draft|hidden|private|wip|unlisted|published|status|visibility)\b`)

// parseChunk reads one key. What YAML can't read, and what only a person can, is an error with its place.
func parseChunk(file string, c chunk, m Fields, problems *[]problem.Problem) {
	root, err := yamlRoot(c.text)
	if err == nil && root == nil {
		return
	}
	if err == nil && root.Kind == yaml.MappingNode {
		yamlMapping(m, file, root, c.line-1, problems)
		return
	}
	first, rest, _ := strings.Cut(c.text, "\n")
	k, value, col := cutKey(first)
	if value != "" {
		if parts := splitAtTabs(c); len(parts) > 1 {
			*problems = append(*problems, problem.Problem{File: file, Line: parts[1].line, Column: 1, Severity: problem.Error,
				Message: "the line of " + problem.Quote(keyOf(keyLine, parts[1].text)) + " begins with a tab, as no key may", Hint: "take the tab out"})
			for _, part := range parts {
				parseChunk(file, part, m, problems)
			}
			return
		}
	}
	p := problem.Problem{File: file, Line: c.line, Column: col, Severity: problem.Error}
	switch {
	case k == "":
		p.Column = 1
		p.Message, p.Hint = "this line is not `key: value`", "indent what continues the line above, or take it out"
		if word := switchWord.FindString(strings.ToLower(first)); word != "" { // as with a colon of another script
			m["draft"] = Field{Text: "true", Line: c.line, Column: 1}
			p.Message += ", and may be meant to hide the post: it is a draft"
		}
		if mayHide(c.text) {
			m["draft"] = Field{Text: "true", Line: c.line, Column: 1}
		}
	case strings.HasPrefix(strings.TrimLeft(first[len(k):], `"' `+"\t"), "="):
		p.Message, p.Hint = "this is TOML between ---", "write +++ instead of --- above and below, or `"+k+": value`"
	case value != "" && col > 1 && first[col-2] == ':':
		p.Message, p.Hint = "a blank is missing behind `"+k+":`", "write `"+k+": "+sanitize.Line(value)+"`"
	case value == "" || strings.HasPrefix(value, "|") || strings.HasPrefix(value, ">"):
		p.Line, p.Column = c.line+1, 1
		p.Message, p.Hint = fmt.Sprintf("what belongs to `%s:` can't be read", k), "indent it by blanks; tabs and no-break spaces don't count"
	default:
		p.Message, p.Hint = fmt.Sprintf("the value of `%s:` can't be read as YAML; it is taken as it stands", k), "put it into quotes"
	}
	*problems = append(*problems, p)
	if k != "" {
		f := plainField(value, rest)
		f.Line, f.Column, f.Guessed = c.line, col, true
		m.set(file, k, f, problems)
		if mayHide(rest) {
			m["draft"] = Field{Text: "true", Line: c.line, Column: 1}
		}
	}
}

var hiding = regexp.MustCompile(`(?im)^[^\S\n]+["']?(?:draft|published|status|unlisted)["']?[ \t]*[:=]`)

// mayHide reports whether broken lines hold a key that may have been meant to hide the post.
func mayHide(text string) bool { return hiding.MatchString("\n " + text) }

// cutKey cuts a line at its first colon or equals sign, and says in which column the value begins.
func cutKey(l string) (k, value string, col int) {
	m := keyLine.FindStringSubmatch(l)
	if m == nil {
		if m = tomlLine.FindStringSubmatch(l); m == nil {
			return "", "", 1
		}
		m[0] = l[:strings.IndexByte(l, '=')+1]
	}
	value = l[len(m[0]):]
	col = len(m[0]) + 1 + len(value) - len(strings.TrimLeft(value, " \t"))
	return strings.ToLower(m[1]), strings.TrimSpace(value), col
}

// plainField reads a value, and the lines below it, as a person would: quotes around it, a list in brackets or with a
// dash a line, else one text.
func plainField(value, rest string) Field {
	var f Field
	var more []string
	c := lineCutter{text: rest}
	for l, ok := c.next(); ok; l, ok = c.next() {
		l = strings.TrimSpace(l)
		if item, isItem := strings.CutPrefix(l, "- "); isItem {
			f.List = append(f.List, Unquote(item))
		} else if l != "" && !strings.HasPrefix(l, "#") {
			more = append(more, l)
		}
	}
	value = strings.TrimSpace(strings.TrimLeft(value, "|>"))
	if inner, ok := strings.CutPrefix(value, "["); ok && (strings.HasSuffix(inner, "]") || !strings.Contains(inner, "]")) {
		for _, item := range strings.Split(strings.TrimSuffix(inner, "]"), ",") {
			f.List = append(f.List, Unquote(item))
		}
		return f
	}
	f.Text = Unquote(strings.TrimSpace(value + " " + strings.Join(more, " ")))
	return f
}

// Unquote takes off one pair of quotes that stands around all of s.
func Unquote(s string) string {
	s = strings.TrimSpace(s)
	if len(s) >= 2 && (s[0] == '"' || s[0] == '\'') && s[len(s)-1] == s[0] {
		return s[1 : len(s)-1]
	}
	return s
}

// parseHeader reads `Key: value` lines, as Pelican and MultiMarkdown do; an indented line continues the one above.
func parseHeader(file string, f Front) (Fields, []problem.Problem) {
	m := Fields{}
	var problems []problem.Problem
	for _, c := range chunks(f) {
		first, rest, _ := strings.Cut(c.text, "\n")
		k, value, col := cutKey(first)
		if k == "" {
			problems = append(problems, problem.Problem{File: file, Line: c.line, Column: 1, Severity: problem.Warning,
				Message: "this line of the header is not `Key: value`", Hint: "put an empty line behind the header"})
			continue
		}
		m.set(file, k, Field{Text: strings.TrimSpace(value + "\n" + rest), Line: c.line, Column: col}, &problems)
	}
	return m, problems
}

// parseLinks reads `[key]: <> (value)` lines.
func parseLinks(file string, f Front, problems *[]problem.Problem) Fields {
	m := Fields{}
	c := lineCutter{text: f.Text, n: f.line - 1}
	for l, ok := c.next(); ok; l, ok = c.next() {
		if v := linkLine.FindStringSubmatchIndex(l); v != nil {
			g := 4
			for v[g] < 0 {
				g += 2
			}
			m.set(file, l[v[2]:v[3]], Field{Text: l[v[g]:v[g+1]], Line: c.n, Column: v[g] + 1}, problems)
		}
	}
	return m
}

var assignment = regexp.MustCompile(`^[ \t]*(?:(?:export[ \t]+)?(?:const|let|var)[ \t]+)?["']?([A-Za-z_]\w*)["']?[ \t]*[:=][ \t]*(\S.*?)[,;]?[ \t]*$`)

// readLines reads whatever looks like a known key and a plain value, in any format.
func readLines(file string, f Front, m Fields, problems *[]problem.Problem) {
	if f.Form == Links {
		f.Text = f.Text[:min(len(f.Text), maxSize)]
		for k, v := range parseLinks(file, f, problems) {
			m[k] = v
		}
		return
	}
	c := lineCutter{text: f.Text, n: f.line - 1}
	for l, ok := c.next(); ok; l, ok = c.next() {
		if v := assignment.FindStringSubmatchIndex(strings.ToValidUTF8(l[:min(len(l), 4096)], "")); v != nil {
			k := strings.ToLower(l[v[2]:v[3]])
			if !KnownKeys[k] {
				continue
			}
			field := plainField(l[v[4]:v[5]], "")
			field.Line, field.Column = c.n, v[4]+1
			m.set(file, k, field, problems)
		}
	}
}
