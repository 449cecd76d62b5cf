package frontmatter

import (
	"encoding/json"
	"regexp"
	"strings"
)

// A Pair is a key with its value, as both are written.
type Pair struct {
	Key   string // in TOML behind its table's name and a dot
	Value string // without spaces around it; over several lines if it is so written
}

// Pairs returns what a front matter in YAML, TOML, JSON or header lines holds, in its order, for who writes another like it.
func (f Front) Pairs() []Pair {
	switch f.Form {
	case YAML, Header:
		return yamlPairs(f)
	case TOML:
		return tomlPairs(f.Text)
	case JSON:
		return jsonPairs(f.Text)
	}
	return nil
}

func newPair(key, value string) Pair { return Pair{key, strings.TrimRight(value, " \t\n")} }

func yamlPairs(f Front) []Pair {
	var pairs []Pair
	for _, c := range chunks(f) {
		first, rest, _ := strings.Cut(c.text, "\n")
		if m := keyLine.FindStringSubmatchIndex(first); m != nil {
			pairs = append(pairs, newPair(first[m[2]:m[3]], strings.TrimSpace(first[m[1]:])+"\n"+rest))
		}
	}
	return pairs
}

var tomlTable = regexp.MustCompile(`^\[([A-Za-z_][\w.-]*)\][ \t]*$`)

// tomlPairs takes a line that begins with a key for a pair, and what follows up to the next for its value.
func tomlPairs(text string) []Pair {
	var pairs []Pair
	table, key, value := "", "", ""
	end := func() {
		if key != "" {
			pairs = append(pairs, newPair(table+key, value))
		}
		key = ""
	}
	c := lineCutter{text: text}
	for l, ok := c.next(); ok; l, ok = c.next() {
		if m := tomlTable.FindStringSubmatch(l); m != nil {
			end()
			table = m[1] + "."
		} else if m := tomlLine.FindStringSubmatch(l); m != nil {
			end()
			key, value = m[1], strings.TrimSpace(l[strings.IndexByte(l, '=')+1:])
		} else {
			value += "\n" + l
		}
	}
	end()
	return pairs
}

func jsonPairs(text string) []Pair {
	var pairs []Pair
	d := json.NewDecoder(strings.NewReader(text))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil
	}
	for d.More() {
		var value json.RawMessage
		key, err := d.Token()
		if err != nil || d.Decode(&value) != nil {
			break
		}
		pairs = append(pairs, newPair(key.(string), string(value)))
	}
	return pairs
}
