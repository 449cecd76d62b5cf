package frontmatter

import (
	"errors"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"postern/content/problem"
	"postern/content/sanitize"
)

// parseYAML reads a front matter in YAML. mapping is false for a text that is not a mapping and was not meant as one: it is part
// of the body. A broken mapping is read key by key, so that a mistake in one spoils no other.
func parseYAML(file string, f Front) (m Fields, problems []problem.Problem, mapping bool) {
	m = Fields{}
	root, err := yamlRoot(f.Text)
	switch {
	case err == nil && root == nil:
		return m, nil, true
	case err == nil && root.Kind == yaml.MappingNode:
		if yamlDepth(root, maxDepth) {
			readLines(file, f, m, &problems)
			return m, append(problems, deepProblem(file, f.line)), true
		}
		yamlMapping(m, file, root, f.line-1, &problems)
		return m, problems, true
	case !hasKnownKey(f.Text):
		return m, nil, false
	}
	before := len(problems)
	for i, c := range chunks(f) {
		if i == maxItems {
			problems = append(problems, problem.Problem{File: file, Line: c.line, Severity: problem.Error,
				Message: "the front matter has more than 1,000 keys; those that follow are not read", Hint: "take them out"})
			break
		}
		parseChunk(file, c, m, &problems)
	}
	if len(problems) == before && err != nil {
		problems = append(problems, yamlProblem(file, f.line, err))
	}
	return m, problems, true
}

// yamlRoot parses one document into nodes: nothing is decoded, so that aliases are not multiplied.
func yamlRoot(text string) (*yaml.Node, error) {
	if sanitize.BracketDepth(text) > maxDepth {
		return nil, errDeep
	}
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		return nil, err
	}
	if len(doc.Content) == 0 {
		return nil, nil
	}
	root := doc.Content[0]
	if root.Kind == yaml.ScalarNode && root.Tag == "!!null" {
		return nil, nil
	}
	return root, nil
}

var errDeep = errors.New("brackets are nested deeper than 32")

func deepProblem(file string, line int) problem.Problem {
	return problem.Problem{File: file, Line: line, Severity: problem.Error,
		Message: "the front matter is nested deeper than 32; only its plain lines are read", Hint: "a post needs two levels at most"}
}

// yamlDepth reports whether n is nested deeper than most.
func yamlDepth(n *yaml.Node, most int) bool {
	if most == 0 {
		return true
	}
	for _, c := range n.Content {
		if yamlDepth(c, most-1) {
			return true
		}
	}
	return false
}

// yamlMapping adds the pairs of a mapping to m; above is the number of lines before the text.
func yamlMapping(m Fields, file string, root *yaml.Node, above int, problems *[]problem.Problem) {
	for i := 0; i+1 < len(root.Content); i += 2 {
		k, v := root.Content[i], resolved(root.Content[i+1])
		if k.Kind != yaml.ScalarNode {
			*problems = append(*problems, problem.Problem{File: file, Line: above + k.Line, Column: k.Column, Severity: problem.Error,
				Message: "a key is not a plain word", Hint: `put a value that begins with { or [ into quotes`})
			continue
		}
		f := Field{Line: above + root.Content[i+1].Line, Column: root.Content[i+1].Column, key: problem.Position{Line: above + k.Line, Column: k.Column}}
		switch v.Kind {
		case yaml.ScalarNode:
			f.Text = yamlText(v)
		case yaml.SequenceNode:
			f.List = yamlList(v)
			if len(f.List) == len(v.Content) {
				for _, item := range v.Content {
					f.itemPositions = append(f.itemPositions, problem.Position{Line: above + item.Line, Column: item.Column})
				}
			}
		case yaml.MappingNode:
			for j := 0; j+1 < len(v.Content); j += 2 {
				if sub := resolved(v.Content[j+1]); sub.Kind == yaml.ScalarNode {
					name := strings.ToLower(k.Value + "." + v.Content[j].Value)
					m[name] = Field{Text: yamlText(sub), Line: above + sub.Line, Column: sub.Column}
				}
			}
			f.Guessed = true
			if at, ok := placeholder(v); ok {
				f.Text, f.Guessed = at, false
			}
		}
		m.set(file, k.Value, f, problems)
	}
}

// placeholder returns the text of a value such as {{ title }}, which YAML takes for a mapping in a mapping.
func placeholder(v *yaml.Node) (string, bool) {
	if v.Style&yaml.FlowStyle != 0 && len(v.Content) == 2 && v.Content[0].Kind == yaml.MappingNode && len(v.Content[0].Content) > 0 {
		return "{{ " + v.Content[0].Content[0].Value + " }}", true
	}
	return "", false
}

// resolved follows an alias. An anchor can't name an alias, so one step is all there is.
func resolved(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode && n.Alias != nil {
		return n.Alias
	}
	return n
}

func yamlText(n *yaml.Node) string {
	if n.Tag == "!!null" {
		return ""
	}
	return sanitize.Text(n.Value)
}

// yamlList takes the texts of a list; of a mapping in it, as authors have, its name.
func yamlList(n *yaml.Node) []string {
	var list []string
	for _, item := range n.Content[:min(len(n.Content), maxItems)] {
		item = resolved(item)
		switch item.Kind {
		case yaml.ScalarNode:
			list = append(list, yamlText(item))
		case yaml.SequenceNode: // Hexo: a category and those below it
			for _, sub := range item.Content[:min(len(item.Content), maxItems-min(len(list), maxItems))] {
				if sub = resolved(sub); sub.Kind == yaml.ScalarNode {
					list = append(list, yamlText(sub))
				}
			}
		case yaml.MappingNode:
			for i := 0; i+1 < len(item.Content); i += 2 {
				if v := resolved(item.Content[i+1]); strings.EqualFold(item.Content[i].Value, "name") && v.Kind == yaml.ScalarNode {
					list = append(list, yamlText(v))
				}
			}
		}
	}
	return list
}

var yamlLine = regexp.MustCompile(`line (\d+): `)

// yamlProblem turns an error of the YAML parser into a problem at the line that it names.
func yamlProblem(file string, first int, err error) problem.Problem {
	message := strings.TrimPrefix(err.Error(), "yaml: ")
	p := problem.Problem{File: file, Line: first, Severity: problem.Error, Hint: `put a value that holds ": " or begins with a mark such as @ [ " into quotes`}
	if m := yamlLine.FindStringSubmatchIndex(message); m != nil {
		n, _ := strconv.Atoi(message[m[2]:m[3]])
		p.Line, message = first+max(0, n-1), message[:m[0]]+message[m[1]:]
	}
	p.Message = "the front matter can't be read: " + sanitize.Line(message)
	return p
}

func hasKnownKey(text string) bool {
	c := lineCutter{text: text}
	for l, ok := c.next(); ok; l, ok = c.next() {
		if KnownKeys[keyOf(keyLine, l)] || KnownKeys[keyOf(tomlLine, l)] {
			return true
		}
	}
	return false
}
