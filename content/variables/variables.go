// Package variables reads what the templates of a blog may refer to, and finds the values of their expressions.
package variables

import (
	"iter"
	"maps"
	"strings"

	"go.yaml.in/yaml/v3"

	"postern/content/sanitize"
)

// maxDepth is how deep lists and mappings nest. What is nested deeper has no value.
const maxDepth = 16

// A Value is a text, a list or a mapping; the zero Value is an empty text. It is immutable.
type Value struct {
	text string
	list []Value
	keys map[string]Value // nil for what is no mapping
}

// Text returns a value that is a text.
func Text(s string) Value { return Value{text: s} }

// Mapping returns a value that is a mapping. The caller changes it no more.
func Mapping(keys map[string]Value) Value { return Value{keys: keys} }

// ParseYAML returns the value of a document of YAML, of which JSON is a part. It reports false if it isn't valid.
func ParseYAML(data []byte) (v Value, ok bool) {
	text := string(data)
	var doc yaml.Node
	if sanitize.BracketDepth(text) > 2*maxDepth || yaml.Unmarshal([]byte(text), &doc) != nil || len(doc.Content) == 0 {
		return Value{}, false
	}
	return valueOf(doc.Content[0], maxDepth), true
}

// valueOf returns the value of a node. Aliases have none, or a small file could make a large value.
func valueOf(n *yaml.Node, depth int) Value {
	if depth == 0 {
		return Value{}
	}
	switch n.Kind {
	case yaml.ScalarNode:
		if n.Tag == "!!null" {
			return Value{}
		}
		return Text(sanitize.Text(n.Value))
	case yaml.SequenceNode:
		v := Value{list: make([]Value, 0, len(n.Content))}
		for _, item := range n.Content {
			v.list = append(v.list, valueOf(item, depth-1))
		}
		return v
	case yaml.MappingNode:
		v := Value{keys: make(map[string]Value, len(n.Content)/2)}
		for i := 0; i+1 < len(n.Content); i += 2 {
			v.keys[n.Content[i].Value] = valueOf(n.Content[i+1], depth-1)
		}
		return v
	}
	return Value{}
}

// String returns the text that a template would write. It reports false for a list or a mapping.
func (v Value) String() (s string, ok bool) { return v.text, v.keys == nil && v.list == nil }

// Get returns the value at a path of keys, such as "a.b".
func (v Value) Get(path string) (Value, bool) {
	for key := range strings.SplitSeq(path, ".") {
		in, ok := v.keys[key]
		if !ok {
			return Value{}, false
		}
		v = in
	}
	return v, true
}

// All yields the keys and the values of a mapping.
func (v Value) All() iter.Seq2[string, Value] { return maps.All(v.keys) }
