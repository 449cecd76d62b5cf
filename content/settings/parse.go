package settings

import (
	"errors"
	"fmt"
	"io/fs"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"postern/content/problem"
	"postern/content/toml"
)

// The settings are read key by key, so that one mistake hides no other, and each is reported at its position, in words that
// know the setting and not the program.

// Parse makes settings of the file's bytes, or of the error of reading them. A setting with a mistake is reported, and the
// others count.
func Parse(data []byte, err error) (Settings, []problem.Problem) {
	s := Settings{positions: map[string]problem.Position{}}
	p := parser{settings: &s}
	if err == nil {
		p.parse(string(data))
	} else if !errors.Is(err, fs.ErrNotExist) {
		p.refuse("", "can't be read: "+problem.Reason(err), "")
	}
	p.cleanTexts()
	p.checkReply()
	p.checkChoice("pictures", &s.Pictures, ShowPictures, CaptionPictures, `write "show" for pictures, or "caption" for captions in their place`)
	p.checkChoice("right-to-left", &s.RightToLeft, Reorder, LeaveUnordered, `write "reorder" for terminals that don't say what they do with such text, or "leave" to leave it to them`)
	p.checkHost()
	p.checkAccent()
	p.checkTimezone()
	p.checkPosts()
	return s, p.problems
}

// A parser fills settings from a file, and notes what is wrong with them.
type parser struct {
	settings *Settings
	problems []problem.Problem
}

func (p *parser) report(severity problem.Severity, at problem.Position, message, hint string) {
	p.problems = append(p.problems, problem.Problem{File: File, Line: at.Line, Column: at.Column, Severity: severity, Message: message, Hint: hint})
}

// refuse reports what is wrong with the value of a key.
func (p *parser) refuse(key, message, hint string) {
	p.report(problem.Error, p.settings.positions[key], message, hint)
}

// parse reads the file's keys. What comes after a mistake in TOML itself is lost.
func (p *parser) parse(text string) {
	nodes, err := toml.Parse(text)
	inTable := false
	for _, n := range nodes {
		switch {
		case n.Kind == toml.Header:
			inTable = true // no setting is a table, so the keys below it are not settings either
			p.reportUnknown(n)
		case !inTable:
			p.set(n)
		}
	}
	var syntax *toml.SyntaxError
	switch {
	case errors.As(err, &syntax):
		p.report(problem.Error, syntax.Position, "can't be read as TOML: "+syntax.Message, "put texts into quotes, and lists into brackets")
	case err != nil:
		p.report(problem.Error, problem.Position{}, err.Error(), "take them out")
	}
}

// set takes one value, if it is of its setting's type. Only then the setting has a position.
func (p *parser) set(n toml.Node) {
	i := slices.Index(keys, n.Key)
	if i < 0 {
		p.reportUnknown(n)
		return
	}
	positions := p.settings.positions
	if _, twice := positions[n.Key]; twice {
		p.report(problem.Error, n.Position, n.Key+" is there twice; the last one counts", "take one of them out")
	}
	switch field := reflect.ValueOf(p.settings).Elem().Field(i).Addr().Interface().(type) {
	case *string:
		switch number, err := strconv.ParseInt(n.Text, 0, 64); {
		case n.Kind == toml.String:
			*field, positions[n.Key] = n.Text, n.Position
		case n.Key == "accent" && n.Kind == toml.Integer && err == nil:
			*field, positions[n.Key] = strconv.FormatInt(number, 10), n.Position
		case n.Text == "":
			p.reportType(n.Key, n.Position, n.Kind, "a text", "write one text in quotes")
		default:
			p.reportType(n.Key, n.Position, n.Kind, "a text", "write "+n.Key+" = "+problem.Quote(n.Text))
		}
	case *int:
		if n.Kind != toml.Integer {
			p.reportType(n.Key, n.Position, n.Kind, "a whole number", "write it without quotes, as "+n.Key+" = 2222")
			return
		}
		number, _ := strconv.ParseInt(n.Text, 0, 64) // out of range, it is the nearest
		*field, positions[n.Key] = int(number), n.Position
	case *[]string:
		items := n.Nodes
		switch {
		case n.Kind == toml.String && n.Key == "posts": // the usual case
			items = []toml.Node{n}
		case n.Kind != toml.List:
			p.reportType(n.Key, n.Position, n.Kind, "a list of texts", "write "+n.Key+" = ["+problem.Quote(n.Text)+"]")
			return
		}
		*field, positions[n.Key] = nil, n.Position
		for _, item := range items {
			if item.Kind == toml.String {
				*field = append(*field, item.Text)
			} else {
				p.reportType("an item of "+n.Key, n.Position, item.Kind, "a text", "put it into quotes")
			}
		}
	}
}

func (p *parser) reportType(what string, at problem.Position, kind toml.Kind, wanted, hint string) {
	p.report(problem.Error, at, fmt.Sprintf("%s is %s, and should be %s", what, kindNames[kind], wanted), hint)
}

var kindNames = map[toml.Kind]string{
	toml.String: "a text", toml.Bool: "true or false", toml.Integer: "a number", toml.Float: "a fraction",
	toml.Date: "a date", toml.Time: "a time", toml.List: "a list", toml.Table: "a table",
}

// reportUnknown reports a key that is not a setting, and names the one that was probably meant.
func (p *parser) reportUnknown(n toml.Node) {
	hint := "the settings are " + strings.Join(keys, ", ")
	if name, ok := problem.Nearest(n.Key, slices.Values(keys)); ok {
		hint = "did you mean " + name + "?"
	}
	p.report(problem.Error, n.Position, "there is no setting "+problem.Quote(n.Key), hint)
}

// keys has the key of each setting, at the index of its field in [Settings].
var keys = func() []string {
	var all []string
	t := reflect.TypeFor[Settings]()
	for i := range t.NumField() {
		if key := t.Field(i).Tag.Get("toml"); key != "" {
			all = append(all, key)
		}
	}
	return all
}()
