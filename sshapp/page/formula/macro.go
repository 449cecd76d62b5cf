package formula

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Macros are the commands that a post defines, by \newcommand, \def and the like. They hold in all of its formulas. The zero Macros has none.
type Macros struct {
	all  map[string]macro // by their names
	used int              // in all formulas
}

// A macro is what stands for a command.
type macro struct {
	arguments  int
	optional   string // what stands for the first argument if that isn't given, in brackets
	hasDefault bool
	body       string // with #1 for the first argument
}

// The bounds of macros. One may use itself, or others that double what they get.
const (
	maxMacros     = 200
	maxExpansions = 200    // in a formula
	maxUsed       = 10_000 // in a post
)

// definers are the commands that define others, and what they take in front of what they define.
var definers = []string{`\newcommand`, `\renewcommand`, `\providecommand`, `\DeclareMathOperator`, `\def`}

// Define adds the macros that a formula defines.
func (m *Macros) Define(source string) {
	if len(source) > maxSource {
		return
	}
	for {
		i := strings.IndexByte(source, '\\')
		if i < 0 {
			return
		}
		source = source[i:]
		name, x, behind, ok := definition(source)
		if !ok {
			source = source[len(leadingCommand(source)):]
			continue
		}
		if m.all == nil {
			m.all = map[string]macro{}
		}
		if len(m.all) < maxMacros {
			m.all[name] = x
		}
		source = behind
	}
}

// Expand returns a formula without definitions, and with what its macros stand for. One with too many of them stays as it is.
func (m *Macros) Expand(source string) string {
	if len(m.all) == 0 || len(source) > maxSource {
		return source
	}
	var out strings.Builder
	rest := source
	for expansions := 0; ; {
		i := strings.IndexByte(rest, '\\')
		if i < 0 {
			return out.String() + rest
		}
		out.WriteString(rest[:i])
		rest = rest[i:]
		if _, _, behind, ok := definition(rest); ok {
			rest = behind
			continue
		}
		name := leadingCommand(rest)
		x, known := m.all[name]
		rest = rest[len(name):]
		if !known {
			out.WriteString(name)
			continue
		}
		body, behind, ok := x.apply(rest)
		expansions++
		m.used++
		if !ok || expansions > maxExpansions || m.used > maxUsed || out.Len()+len(body)+len(behind) > maxSource {
			return source
		}
		rest = joined(body, behind)
	}
}

// joined puts what is behind a macro behind its body. A command at the end of that must not grow by a letter.
func joined(body, behind string) string {
	if body != "" && behind != "" && isASCIILetter(body[len(body)-1]) && isASCIILetter(behind[0]) {
		return body + " " + behind
	}
	return body + behind
}

// leadingCommand returns the command that a source begins with, with its backslash.
func leadingCommand(source string) string {
	n := 1
	for n < len(source) && isASCIILetter(source[n]) {
		n++
	}
	return source[:min(max(n, 2), len(source))]
}

// definition reads a definition that a source begins with.
func definition(source string) (name string, x macro, behind string, ok bool) {
	definer := leadingCommand(source)
	if !slices.Contains(definers, definer) {
		return "", macro{}, "", false
	}
	rest, star := strings.CutPrefix(source[len(definer):], "*")
	if name, rest, ok = argument(rest); !ok || !strings.HasPrefix(name, `\`) || name != leadingCommand(name) {
		return "", macro{}, "", false
	}
	switch definer {
	case `\def`:
		for n := 1; strings.HasPrefix(rest, "#"+strconv.Itoa(n)); n++ {
			x.arguments = n
			rest = rest[2:]
		}
	case `\DeclareMathOperator`:
	default:
		if count, after, found := brackets(rest); found {
			x.arguments, _ = strconv.Atoi(count)
			rest = after
		}
		if x.optional, behind, x.hasDefault = brackets(rest); x.hasDefault {
			rest = behind
		}
	}
	if !strings.HasPrefix(strings.TrimLeft(rest, " \n\t"), "{") || x.arguments < 0 || x.arguments > 9 {
		return "", macro{}, "", false
	}
	x.body, behind, ok = argument(rest)
	if definer == `\DeclareMathOperator` {
		named := `\operatorname{`
		if star {
			named = `\operatorname*{`
		}
		x.body = named + x.body + "}"
	}
	return name, x, behind, ok
}

// apply puts the arguments that a source begins with into the macro's body. It is not ok if some are missing, or if that is larger
// than a formula.
func (x macro) apply(source string) (body, behind string, ok bool) {
	arguments := make([]string, x.arguments)
	behind = source
	for i := range arguments {
		if i == 0 && x.hasDefault {
			if first, rest, found := brackets(behind); found {
				arguments[i], behind = first, rest
			} else {
				arguments[i] = x.optional
			}
			continue
		}
		if arguments[i], behind, ok = argument(behind); !ok {
			return "", "", false
		}
	}
	var given []string
	size := len(x.body)
	for i, a := range arguments {
		parameter := "#" + strconv.Itoa(i+1)
		given = append(given, parameter, a)
		size += strings.Count(x.body, parameter) * (len(a) - len(parameter))
	}
	if size > maxSource {
		return "", "", false
	}
	return strings.NewReplacer(given...).Replace(x.body), behind, true
}

// argument returns the argument that a source begins with: what a group holds, a command, or a character.
func argument(source string) (inside, behind string, ok bool) {
	source = strings.TrimLeft(source, " \n\t")
	switch {
	case source == "":
		return "", "", false
	case source[0] == '\\':
		name := leadingCommand(source)
		return name, source[len(name):], true
	case source[0] != '{':
		_, size := utf8.DecodeRuneInString(source)
		return source[:size], source[size:], true
	}
	depth := 0
	for i := 0; i < len(source); i++ {
		switch source[i] {
		case '\\':
			i++
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return strings.TrimSpace(source[1:i]), source[i+1:], true
			}
		}
	}
	return "", "", false
}

// brackets returns what stands in brackets at the beginning of a source.
func brackets(source string) (inside, behind string, ok bool) {
	rest, found := strings.CutPrefix(strings.TrimLeft(source, " \n\t"), "[")
	if !found {
		return "", "", false
	}
	return strings.Cut(rest, "]")
}
