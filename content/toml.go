package content

import (
	"errors"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"

	"postern/content/problem"
	"postern/content/sanitize"
)

// parseTOML reads a front matter in TOML from its syntax tree, because decoded values have lost how they were written:
// a date's zone, a number's zeros. One that is broken is read line by line.
func parseTOML(file string, f frontText) (matter, []problem.Problem) {
	m := matter{}
	var problems []problem.Problem
	if tooDeep(f.text) {
		readLines(file, f, m, &problems)
		return m, append(problems, deepProblem(file, f.line))
	}
	var p unstable.Parser
	p.Reset([]byte(f.text))
	table := ""
	for p.NextExpression() {
		switch e := p.Expression(); e.Kind {
		case unstable.Table, unstable.ArrayTable:
			table = tomlKey(e.Key()) + "."
		case unstable.KeyValue:
			tomlPair(m, file, table, e, &p, f.line-1, &problems)
		}
	}
	if err := p.Error(); err != nil {
		at := problem.Problem{File: file, Line: f.line, Severity: problem.Error, Message: "the front matter can't be read as TOML: " + sanitize.Line(err.Error()),
			Hint: "put texts into quotes, and lists into brackets"}
		if found, ok := errorSpot(&p, err); ok {
			at.Line, at.Column = f.line-1+found.Line, found.Column
		}
		read := matter{}
		var ignored []problem.Problem
		readLines(file, f, read, &ignored)
		for k, v := range read {
			if _, there := m[k]; !there {
				m[k] = v
			}
		}
		problems = append(problems, at)
	}
	return m, problems
}

func tomlKey(parts unstable.Iterator) string {
	var key []string
	for parts.Next() {
		key = append(key, string(parts.Node().Data))
	}
	return strings.Join(key, ".")
}

func tomlPair(m matter, file, table string, e *unstable.Node, p *unstable.Parser, above int, problems *[]problem.Problem) {
	v := e.Value()
	at := keySpot(p, e)
	f := fieldValue{line: above + at.Line, col: at.Column}
	f.key = problem.Position{Line: f.line, Column: f.col}
	key := table + tomlKey(e.Key())
	switch v.Kind {
	case unstable.Array:
		for items := v.Children(); items.Next() && len(f.list) < maxItems; {
			switch item := items.Node(); item.Kind {
			case unstable.InlineTable:
				f.list = append(f.list, tomlName(item))
			default:
				f.list = append(f.list, tomlText(item))
			}
		}
	case unstable.InlineTable:
		for pairs := v.Children(); pairs.Next(); {
			pair := pairs.Node()
			m[strings.ToLower(key+"."+tomlKey(pair.Key()))] = fieldValue{text: tomlText(pair.Value()), line: f.line, col: f.col}
		}
		f.bad = true
	default:
		f.text = tomlText(v)
	}
	m.set(file, key, f, problems)
}

func tomlText(n *unstable.Node) string {
	if n.Kind == unstable.Array || n.Kind == unstable.InlineTable {
		return ""
	}
	return sanitize.Text(string(n.Data))
}

func tomlName(table *unstable.Node) string {
	for pairs := table.Children(); pairs.Next(); {
		if strings.EqualFold(tomlKey(pairs.Node().Key()), "name") {
			return tomlText(pairs.Node().Value())
		}
	}
	return ""
}

// keySpot returns where the key of an expression stands.
func keySpot(p *unstable.Parser, e *unstable.Node) problem.Position {
	for k := e.Key(); k.Next(); {
		if k.Node().Raw.Length > 0 {
			start := p.Shape(k.Node().Raw).Start
			return problem.Position{Line: start.Line, Column: start.Column}
		}
	}
	return problem.Position{Line: 1, Column: 1}
}

// errorSpot returns where a parser found an error, if it knows.
func errorSpot(p *unstable.Parser, err error) (problem.Position, bool) {
	var syntax *unstable.ParserError
	if !errors.As(err, &syntax) || len(syntax.Highlight) == 0 {
		return problem.Position{}, false
	}
	start := p.Shape(p.Range(syntax.Highlight)).Start
	return problem.Position{Line: start.Line, Column: start.Column}, true
}
