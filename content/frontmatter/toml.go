package frontmatter

import (
	"errors"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"

	"postern/content/problem"
	"postern/content/sanitize"
)

// parseTOML reads a front matter in TOML from its syntax tree, because decoded values have lost how they were written:
// a date's zone, a number's zeros. One that is broken is read line by line.
func parseTOML(file string, f Front) (Fields, []problem.Problem) {
	m := Fields{}
	var problems []problem.Problem
	if TooDeep(f.Text) {
		readLines(file, f, m, &problems)
		return m, append(problems, deepProblem(file, f.line))
	}
	var p unstable.Parser
	p.Reset([]byte(f.Text))
	table := ""
	for p.NextExpression() {
		switch e := p.Expression(); e.Kind {
		case unstable.Table, unstable.ArrayTable:
			table = TOMLKey(e.Key()) + "."
		case unstable.KeyValue:
			tomlPair(m, file, table, e, &p, f.line-1, &problems)
		}
	}
	if err := p.Error(); err != nil {
		at := problem.Problem{File: file, Line: f.line, Severity: problem.Error, Message: "the front matter can't be read as TOML: " + sanitize.Line(err.Error()),
			Hint: "put texts into quotes, and lists into brackets"}
		if found, ok := ErrorPosition(&p, err); ok {
			at.Line, at.Column = f.line-1+found.Line, found.Column
		}
		read := Fields{}
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

// TOMLKey returns a dotted key as it is written, its parts joined by dots.
func TOMLKey(parts unstable.Iterator) string {
	var key []string
	for parts.Next() {
		key = append(key, string(parts.Node().Data))
	}
	return strings.Join(key, ".")
}

func tomlPair(m Fields, file, table string, e *unstable.Node, p *unstable.Parser, above int, problems *[]problem.Problem) {
	v := e.Value()
	at := KeyPosition(p, e)
	f := Field{Line: above + at.Line, Column: at.Column}
	f.key = problem.Position{Line: f.Line, Column: f.Column}
	key := table + TOMLKey(e.Key())
	switch v.Kind {
	case unstable.Array:
		for items := v.Children(); items.Next() && len(f.List) < MaxItems; {
			switch item := items.Node(); item.Kind {
			case unstable.InlineTable:
				f.List = append(f.List, tomlName(item))
			default:
				f.List = append(f.List, tomlText(item))
			}
		}
	case unstable.InlineTable:
		for pairs := v.Children(); pairs.Next(); {
			pair := pairs.Node()
			m[strings.ToLower(key+"."+TOMLKey(pair.Key()))] = Field{Text: tomlText(pair.Value()), Line: f.Line, Column: f.Column}
		}
		f.Guessed = true
	default:
		f.Text = tomlText(v)
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
		if strings.EqualFold(TOMLKey(pairs.Node().Key()), "name") {
			return tomlText(pairs.Node().Value())
		}
	}
	return ""
}

// KeyPosition returns where the key of an expression stands.
func KeyPosition(p *unstable.Parser, e *unstable.Node) problem.Position {
	for k := e.Key(); k.Next(); {
		if k.Node().Raw.Length > 0 {
			start := p.Shape(k.Node().Raw).Start
			return problem.Position{Line: start.Line, Column: start.Column}
		}
	}
	return problem.Position{Line: 1, Column: 1}
}

// ErrorPosition returns where a parser found an error, if it knows.
func ErrorPosition(p *unstable.Parser, err error) (problem.Position, bool) {
	var syntax *unstable.ParserError
	if !errors.As(err, &syntax) || len(syntax.Highlight) == 0 {
		return problem.Position{}, false
	}
	start := p.Shape(p.Range(syntax.Highlight)).Start
	return problem.Position{Line: start.Line, Column: start.Column}, true
}
