// Package toml reads TOML as keys and values that are still as they were written, each with its position.
package toml

import (
	"errors"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"

	"postern/content/problem"
	"postern/content/sanitize"
)

// A decoder of TOML turns a date or a number into a value, and what its author wrote is lost: the zone, the zeros. It also
// stops at the first mistake. So values are taken from the syntax tree of go-toml, which is the only use of its package
// unstable.

// A Kind is what a [Node] holds.
type Kind int

const (
	String Kind = iota
	Bool
	Integer
	Float
	Date // with or without a time
	Time
	List
	Table  // an inline table
	Header // no value: the header of a table, [key] or [[key]]
)

// kinds has the kinds of go-toml's nodes; those of others are String.
var kinds = map[unstable.Kind]Kind{
	unstable.Bool: Bool, unstable.Integer: Integer, unstable.Float: Float,
	unstable.LocalDate: Date, unstable.LocalDateTime: Date, unstable.DateTime: Date, unstable.LocalTime: Time,
	unstable.Array: List, unstable.InlineTable: Table, unstable.Table: Header, unstable.ArrayTable: Header,
}

// A Node is a key with its value, the header of a table, or an item of a list.
type Node struct {
	Key              string // its parts joined by dots; empty for an item of a list
	problem.Position        // of the key in the text, from 1; zero for an item of a list
	Kind             Kind
	Text             string // the value as it was written, but for quotes and escapes; safe to show; empty for a list or a table
	Nodes            []Node // the items of a list, at most [MaxItems]; the pairs of an inline table
}

// MaxItems bounds the items that are read of one list.
const MaxItems = 1000

// maxDepth bounds how deep brackets may be nested, since the parser calls itself for each.
const maxDepth = 32

// ErrDeep is returned for a text with brackets nested deeper than 32.
var ErrDeep = errors.New("brackets are nested deeper than 32")

// A SyntaxError is a mistake in TOML itself.
type SyntaxError struct {
	problem.Position // in the text, from 1; zero if it isn't known
	Message          string
}

func (e *SyntaxError) Error() string { return e.Message }

// Parse returns the keys and headers of a text in their order. With a [*SyntaxError] come those that stand before it. With
// [ErrDeep] comes nothing. Time and memory are in proportion to the text's length, which the caller bounds.
func Parse(text string) ([]Node, error) {
	if sanitize.BracketDepth(text) > maxDepth {
		return nil, ErrDeep
	}
	r := reader{text: text}
	r.parser.Reset([]byte(text))
	var nodes []Node
	for r.parser.NextExpression() {
		nodes = append(nodes, r.node(r.parser.Expression()))
	}
	if err := r.parser.Error(); err != nil {
		return nodes, r.syntaxError(err)
	}
	return nodes, nil
}

// A reader copies the syntax tree. It counts lines as it goes: go-toml counts them from the beginning for each position.
type reader struct {
	parser unstable.Parser
	text   string
	offset int // up to which lines have been counted
	line   int // of offset, from 0
	start  int // where that line starts
}

// position returns the position of the byte at an offset.
func (r *reader) position(offset int) problem.Position {
	if offset < r.offset {
		r.offset, r.line, r.start = 0, 0, 0
	}
	for ; r.offset < offset; r.offset++ {
		if r.text[r.offset] == '\n' {
			r.line, r.start = r.line+1, r.offset+1
		}
	}
	return problem.Position{Line: r.line + 1, Column: offset - r.start + 1}
}

// node copies a header, or a key with its value.
func (r *reader) node(e *unstable.Node) Node {
	var key []string
	position := problem.Position{Line: 1, Column: 1}
	for parts := e.Key(); parts.Next(); {
		if raw := parts.Node().Raw; key == nil && raw.Length > 0 {
			position = r.position(int(raw.Offset))
		}
		key = append(key, string(parts.Node().Data))
	}
	n := Node{Kind: Header}
	if e.Kind == unstable.KeyValue {
		n = r.value(e.Value())
	}
	n.Key, n.Position = strings.Join(key, "."), position
	return n
}

// value copies a value.
func (r *reader) value(v *unstable.Node) Node {
	n := Node{Kind: kinds[v.Kind]}
	switch n.Kind {
	case List:
		for items := v.Children(); items.Next() && len(n.Nodes) < MaxItems; {
			n.Nodes = append(n.Nodes, r.value(items.Node()))
		}
	case Table:
		for pairs := v.Children(); pairs.Next(); {
			n.Nodes = append(n.Nodes, r.node(pairs.Node()))
		}
	default:
		n.Text = sanitize.Text(string(v.Data))
	}
	return n
}

func (r *reader) syntaxError(err error) *SyntaxError {
	e := &SyntaxError{Message: sanitize.Line(err.Error())}
	var syntax *unstable.ParserError
	if errors.As(err, &syntax) && len(syntax.Highlight) > 0 {
		e.Position = r.position(int(r.parser.Range(syntax.Highlight).Offset))
	}
	return e
}
