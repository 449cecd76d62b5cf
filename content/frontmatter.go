package content

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// maxFrontMatter bounds what is given to the YAML parser, in bytes: it takes over 25 s for 200,000 keys.
const maxFrontMatter = 64 << 10

// A matter is the front matter of one file: its keys in lower case.
type matter map[string]field

// A field is one value of a front matter: the text of its scalars as written, whatever YAML takes their type to be, so
// that a title of 007 stays one.
type field struct {
	text string
	list []string
	line int // in the file
	col  int
}

// first returns the first of keys that is there and not empty.
func (m matter) first(keys ...string) (f field, key string) {
	for _, k := range keys {
		if f := m[k]; f.text != "" || len(f.list) > 0 {
			return f, k
		}
	}
	return field{}, ""
}

// splitMatter separates a file into its front matter and its body, and says in which line the body begins. found is
// false where there is no front matter, and closed is false where its end is missing.
func splitMatter(text string) (front, body string, bodyLine int, found, closed bool) {
	const fence = "---"
	first, rest, ok := strings.Cut(text, "\n")
	if !ok || strings.TrimRight(first, " \t") != fence {
		return "", text, 1, false, true
	}
	offset := 0
	for n := 2; offset < len(rest); n++ {
		l, _, _ := strings.Cut(rest[offset:], "\n")
		next := min(offset+len(l)+1, len(rest))
		if t := strings.TrimRight(l, " \t"); t == fence || t == "..." {
			return rest[:offset], rest[next:], n + 1, true, true
		}
		offset = next
	}
	return "", text, 1, true, false
}

// parseMatter reads a front matter in YAML, whose first line is line 2 of its file.
func parseMatter(front string) (matter, error) {
	if len(front) > maxFrontMatter {
		return nil, fmt.Errorf("the front matter is larger than %d KB", maxFrontMatter>>10)
	}
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(front), &doc); err != nil {
		return nil, err
	}
	m := matter{}
	if len(doc.Content) == 0 {
		return m, nil
	}
	root := doc.Content[0]
	if root.Kind != yaml.MappingNode {
		return nil, errors.New("the front matter is not a list of `key: value` lines")
	}
	for i := 0; i+1 < len(root.Content); i += 2 {
		k, v := root.Content[i], root.Content[i+1]
		f := field{line: v.Line + 1, col: v.Column}
		switch v.Kind {
		case yaml.ScalarNode:
			if v.Tag != "!!null" {
				f.text = Clean(v.Value)
			}
		case yaml.SequenceNode:
			for _, item := range v.Content {
				if item.Kind == yaml.ScalarNode {
					f.list = append(f.list, line(item.Value))
				}
			}
		}
		m[strings.ToLower(k.Value)] = f
	}
	return m, nil
}

var yamlLine = regexp.MustCompile(`line (\d+): `)

// matterProblem turns an error of the YAML parser into a problem at the line that it names.
func matterProblem(file string, err error) Problem {
	p := Problem{File: file, Line: 1, Severity: Error, Message: strings.TrimPrefix(err.Error(), "yaml: ")}
	if m := yamlLine.FindStringSubmatchIndex(p.Message); m != nil {
		n, _ := strconv.Atoi(p.Message[m[2]:m[3]])
		p.Line, p.Message = n+1, p.Message[:m[0]]+p.Message[m[1]:]
	}
	p.Message = "front matter: " + line(p.Message)
	p.Hint = `put a value that holds ": " or begins with a mark such as @ [ " into quotes`
	return p
}
