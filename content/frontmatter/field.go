package frontmatter

import (
	"fmt"
	"slices"
	"strings"

	"postern/content/problem"
	"postern/content/sanitize"
)

// A front matter may be YAML, TOML, JSON or plain lines, and all of them are read into fields: texts as they were
// written, whatever type the format takes them to have, so that a title of 007 stays one. What must hold: reading one
// takes time and memory in proportion to its bytes, which are bounded before anything is parsed.

const (
	maxSize  = 64 << 10 // bytes
	maxDepth = 32       // of brackets and indents
	maxItems = 1000     // of one list; keys, where they are read one by one
)

// Fields are the front matter of one file: its keys in lower case, those of a table behind its name and a dot.
type Fields map[string]Field

// A Field is one value of a front matter.
type Field struct {
	Text          string
	List          []string
	itemPositions []problem.Position // of the list's items, where each is known
	Line          int                // in the file, from 1
	Column        int                // in bytes, from 1
	Guessed       bool               // its value is not a text or a list, so what is here is a guess
	key           problem.Position   // of its key; zero for a key at the beginning of the same line
	twice         bool               // its key is a duplicate, which has been reported
}

// AtKey returns the place of a field's key.
func (f Field) AtKey() Field {
	if f.key == (problem.Position{}) {
		return Field{Line: f.Line, Column: 1}
	}
	return Field{Line: f.key.Line, Column: f.key.Column}
}

// ItemPosition returns the place of one item of a list, as near as it is known.
func (f Field) ItemPosition(item string) problem.Position {
	i := slices.IndexFunc(f.List, func(s string) bool { return sanitize.Line(s) == item })
	if i < 0 || i >= len(f.itemPositions) {
		return problem.Position{Line: f.Line, Column: f.Column}
	}
	return f.itemPositions[i]
}

// Empty reports whether the field has neither a text nor a list.
func (f Field) Empty() bool { return f.Text == "" && len(f.List) == 0 }

// First returns the first of keys that is there and not empty.
func (m Fields) First(keys ...string) (f Field, key string) {
	for _, k := range keys {
		if f := m[k]; !f.Empty() {
			return f, k
		}
	}
	return Field{}, ""
}

// Text returns the first of keys that has one, as one line.
func (m Fields) Text(keys ...string) string {
	for _, k := range keys {
		if s := sanitize.Line(m[k].Text); s != "" {
			return s
		}
	}
	return ""
}

// set adds a field, and reports a key that was there already: the last one wins, as in Jekyll and Hugo.
func (m Fields) set(file, key string, f Field, problems *[]problem.Problem) {
	key = strings.ToLower(strings.TrimSpace(key))
	if len(f.List) > maxItems {
		f.List = f.List[:maxItems]
	}
	if earlier, there := m[key]; there {
		if f.twice = true; !earlier.twice {
			k := f.AtKey()
			*problems = append(*problems, problem.Problem{File: file, Line: k.Line, Column: k.Column, Severity: problem.Warning,
				Message: fmt.Sprintf("%s is there twice; the last one counts", problem.Quote(key)), Hint: "take one of them out"})
		}
	}
	m[key] = f
}

// List returns the items of the first of keys: a list, or a text parted at its commas, else by split.
func (m Fields) List(split func(string) []string, keys ...string) []string {
	f, _ := m.First(keys...)
	return f.Words(func(t string) []string {
		if strings.Contains(t, ",") {
			return strings.Split(t, ",")
		}
		return split(t)
	})
}

// Words returns a list's items, or a text's parts, each once.
func (f Field) Words(split func(string) []string) []string {
	items := f.List
	if f.Text != "" {
		items = split(f.Text)
	}
	var words []string
	seen := make(map[string]bool, len(items))
	for _, item := range items {
		if w := sanitize.Line(item); w != "" && !seen[w] {
			seen[w] = true
			words = append(words, w)
		}
	}
	return words
}

// Whole takes a text for one item.
func Whole(s string) []string { return []string{s} }

// ParseBool reads a switch as YAML 1.1 and people write it.
func ParseBool(s string) (value, ok bool) {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "true", "yes", "on", "1", "y", "t":
		return true, true
	case "false", "no", "off", "0", "n", "f", "", "null", "~":
		return false, true
	}
	return false, false
}
