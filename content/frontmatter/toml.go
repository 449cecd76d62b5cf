package frontmatter

import (
	"errors"
	"strings"

	"postern/content/problem"
	"postern/content/toml"
)

// parseTOML reads a front matter in TOML. One that is broken is read line by line from there.
func parseTOML(file string, f Front) (Fields, []problem.Problem) {
	m := Fields{}
	var problems []problem.Problem
	nodes, err := toml.Parse(f.Text)
	if errors.Is(err, toml.ErrDeep) {
		readLines(file, f, m, &problems)
		return m, append(problems, deepProblem(file, f.line))
	}
	table := ""
	for _, n := range nodes {
		if n.Kind == toml.Header {
			table = n.Key + "."
			continue
		}
		n.Key, n.Line = table+n.Key, f.line-1+n.Line
		tomlPair(m, file, n, &problems)
	}
	var syntax *toml.SyntaxError
	if errors.As(err, &syntax) {
		at := problem.Problem{File: file, Line: f.line, Severity: problem.Error, Message: "the front matter can't be read as TOML: " + syntax.Message,
			Hint: "put texts into quotes, and lists into brackets"}
		if syntax.Line > 0 {
			at.Line, at.Column = f.line-1+syntax.Line, syntax.Column
		}
		read := Fields{}
		readLines(file, f, read, new([]problem.Problem))
		for k, v := range read {
			if _, there := m[k]; !there {
				m[k] = v
			}
		}
		problems = append(problems, at)
	}
	return m, problems
}

// tomlPair adds a key with its value; of a list of tables, as authors have, the names.
func tomlPair(m Fields, file string, n toml.Node, problems *[]problem.Problem) {
	f := Field{Text: n.Text, Line: n.Line, Column: n.Column, key: n.Position}
	switch n.Kind {
	case toml.List:
		for _, item := range n.Nodes {
			text := item.Text
			for _, pair := range item.Nodes {
				if strings.EqualFold(pair.Key, "name") && text == "" {
					text = pair.Text
				}
			}
			f.List = append(f.List, text)
		}
	case toml.Table:
		for _, pair := range n.Nodes {
			m[strings.ToLower(n.Key+"."+pair.Key)] = Field{Text: pair.Text, Line: f.Line, Column: f.Column}
		}
		f.Guessed = true
	}
	m.set(file, n.Key, f, problems)
}
