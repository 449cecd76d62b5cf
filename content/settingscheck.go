package content

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"

	"postern/content/frontmatter"
	"postern/content/problem"
	"postern/content/sanitize"
)

// The settings are read key by key from the syntax tree, so that one mistake hides no other, and each is told with its
// place, in words that know the setting and not the program.

// A settingsCheck fills settings from a file, and notes what is wrong with them.
type settingsCheck struct {
	settings *Settings
	spots    map[string]problem.Position // where the settings stand whose values are of the right kind
	problems []problem.Problem
}

func (c *settingsCheck) report(severity problem.Severity, at problem.Position, message, hint string) {
	c.problems = append(c.problems, problem.Problem{File: SettingsFile, Line: at.Line, Column: at.Column, Severity: severity, Message: message, Hint: hint})
}

// decode reads the file's keys. What stands behind a mistake in TOML itself is lost.
func (c *settingsCheck) decode(data []byte) {
	c.spots = map[string]problem.Position{}
	if frontmatter.TooDeep(string(data)) {
		c.report(problem.Error, problem.Position{}, "brackets are nested deeper than 32", "take them out")
		return
	}
	var p unstable.Parser
	p.Reset(data)
	table := false
	for p.NextExpression() {
		e := p.Expression()
		key, at := frontmatter.TOMLKey(e.Key()), frontmatter.KeyPosition(&p, e)
		switch {
		case e.Kind != unstable.KeyValue:
			table = true
			c.report(problem.Error, at, "there is no setting "+problem.Quote(key), nearestSetting(key))
		case !table: // a table that is no setting holds none
			c.set(key, at, e.Value())
		}
	}
	if err := p.Error(); err != nil {
		at, _ := frontmatter.ErrorPosition(&p, err)
		c.report(problem.Error, at, "can't be read as TOML: "+sanitize.Line(err.Error()), "put texts into quotes, and lists into brackets")
	}
}

// set takes one value, if its setting is one of such values.
func (c *settingsCheck) set(key string, at problem.Position, v *unstable.Node) {
	field, ok := c.field(key)
	if !ok {
		c.report(problem.Error, at, "there is no setting "+problem.Quote(key), nearestSetting(key))
		return
	}
	if _, twice := c.spots[key]; twice {
		c.report(problem.Error, at, key+" is there twice; the last one counts", "take one of them out")
	}
	said := sanitize.Line(string(v.Data))
	switch to := field.Addr().Interface().(type) {
	case *string:
		if v.Kind == unstable.String {
			*to, c.spots[key] = string(v.Data), at
			return
		}
		if n, err := strconv.ParseInt(said, 0, 64); key == "accent" && v.Kind == unstable.Integer && err == nil {
			*to, c.spots[key] = strconv.FormatInt(n, 10), at
			return
		}
		hint := "write one text in quotes"
		if said != "" {
			hint = "write " + key + " = " + problem.Quote(said)
		}
		c.mistyped(key, at, v, "a text", hint)
	case *int:
		if v.Kind == unstable.Integer {
			n, _ := strconv.ParseInt(said, 0, 64) // out of range, it is as near as can be
			*to, c.spots[key] = int(n), at
			return
		}
		c.mistyped(key, at, v, "a whole number", "write it without quotes, as "+key+" = 2222")
	case *[]string:
		if v.Kind != unstable.Array {
			c.mistyped(key, at, v, "a list of texts", "write "+key+" = ["+problem.Quote(said)+"]")
			return
		}
		*to, c.spots[key] = nil, at
		for items := v.Children(); items.Next() && len(*to) < frontmatter.MaxItems; {
			if item := items.Node(); item.Kind == unstable.String {
				*to = append(*to, string(item.Data))
			} else {
				c.mistyped("an item of "+key, at, item, "a text", "put it into quotes")
			}
		}
	}
}

func (c *settingsCheck) mistyped(what string, at problem.Position, v *unstable.Node, wanted, hint string) {
	c.report(problem.Error, at, fmt.Sprintf("%s is %s, and should be %s", what, tomlWords[v.Kind], wanted), hint)
}

// tomlWords say what a value is.
var tomlWords = map[unstable.Kind]string{
	unstable.String: "a text", unstable.Bool: "true or false", unstable.Integer: "a number", unstable.Float: "a fraction",
	unstable.LocalDate: "a date", unstable.LocalTime: "a time", unstable.LocalDateTime: "a date", unstable.DateTime: "a date",
	unstable.Array: "a list", unstable.InlineTable: "a table",
}

// field returns the setting that a key means.
func (c *settingsCheck) field(key string) (reflect.Value, bool) {
	s := reflect.ValueOf(c.settings).Elem()
	for i := range s.NumField() {
		if name := s.Type().Field(i).Tag.Get("toml"); name != "" && name == key {
			return s.Field(i), true
		}
	}
	return reflect.Value{}, false
}

// nearestSetting names the setting that was probably meant.
func nearestSetting(key string) string {
	var names []string
	t := reflect.TypeFor[Settings]()
	for i := range t.NumField() {
		if name := t.Field(i).Tag.Get("toml"); name != "" {
			names = append(names, name)
		}
	}
	if name, ok := problem.Nearest(key, slices.Values(names)); ok {
		return "did you mean " + name + "?"
	}
	return "the settings are " + strings.Join(names, ", ")
}
