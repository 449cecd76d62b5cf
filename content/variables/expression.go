package variables

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Lookup returns the value of a variable, such as "page.title", and whether it has one.
type Lookup func(name string) (Value, bool)

var (
	operand = regexp.MustCompile(`^(?:"([^"]*)"|'([^']*)'|([\w-]+(?:\.[\w-]+)*))$`)
	filter  = regexp.MustCompile(`^(\w+)(?:\s*:\s*(.*))?$`)
)

// Evaluate returns the value of an expression of Liquid: a variable or a text, and filters behind it. It reports false for what is
// not known, or not simple.
func Evaluate(expression string, lookup Lookup) (Value, bool) {
	parts := splitOutside(expression, '|')
	v, ok := valueIn(parts[0], lookup)
	for _, part := range parts[1:] {
		m := filter.FindStringSubmatch(strings.TrimSpace(part))
		if m == nil {
			return Value{}, false
		}
		if m[1] == "default" {
			if s, isText := v.String(); !ok || isText && s == "" {
				v, ok = valueIn(m[2], lookup)
			}
			continue
		}
		if !ok {
			return Value{}, false
		}
		v, ok = v.apply(m[1], splitOutside(m[2], ','), lookup)
	}
	return v, ok
}

// splitOutside splits an expression at a character outside of quotes.
func splitOutside(s string, at rune) []string {
	quote := rune(0)
	return strings.FieldsFunc(s+" ", func(r rune) bool {
		switch {
		case quote != 0:
			if r == quote {
				quote = 0
			}
		case r == '"' || r == '\'':
			quote = r
		case r == at:
			return true
		}
		return false
	})
}

func valueIn(s string, lookup Lookup) (Value, bool) {
	m := operand.FindStringSubmatch(strings.TrimSpace(s))
	switch {
	case m == nil:
		return Value{}, false
	case m[3] == "":
		return Text(m[1] + m[2]), true
	}
	return lookup(m[3])
}

// apply returns what a filter makes of a value.
func (v Value) apply(name string, args []string, lookup Lookup) (Value, bool) {
	switch name {
	case "first":
		return v.at(0)
	case "last":
		return v.at(len(v.list) - 1)
	case "where":
		return v.where(args, lookup)
	}
	s, ok := v.String()
	if !ok {
		return Value{}, false
	}
	switch name {
	case "escape", "escape_once", "xml_escape", "relative_url", "absolute_url", "url", "markdownify", "smartify", "safe":
	case "strip", "lstrip", "rstrip", "normalize_whitespace":
		s = strings.TrimSpace(s)
	case "upcase", "upper":
		s = strings.ToUpper(s)
	case "downcase", "lower":
		s = strings.ToLower(s)
	case "capitalize":
		r, n := utf8.DecodeRuneInString(s)
		s = string(unicode.ToUpper(r)) + s[n:]
	default:
		return Value{}, false
	}
	return Text(s), true
}

func (v Value) at(i int) (Value, bool) {
	if i < 0 || i >= len(v.list) {
		return Value{}, false
	}
	return v.list[i], true
}

// where returns those of a list of mappings whose key has a value.
func (v Value) where(args []string, lookup Lookup) (Value, bool) {
	if len(args) != 2 || v.list == nil {
		return Value{}, false
	}
	key, ok := valueIn(args[0], lookup)
	want, ok2 := valueIn(args[1], lookup)
	if !ok || !ok2 {
		return Value{}, false
	}
	found := Value{list: []Value{}}
	for _, item := range v.list {
		if has, ok := item.keys[key.text]; ok && has.text == want.text {
			found.list = append(found.list, item)
		}
	}
	return found, true
}
