package content

import (
	"bytes"
	"errors"
	"io/fs"
	"time"

	"github.com/pelletier/go-toml/v2"
)

// SettingsFile is where a blog keeps its [Settings], at the root of its directory.
const SettingsFile = "postern.toml"

// Settings are what a blog says of itself, in [SettingsFile]. None is required.
type Settings struct {
	Title       string `toml:"title"`       // the blog's name; "Postern" unless told
	Description string `toml:"description"` // one line under it
	Timezone    string `toml:"timezone"`    // an IANA name, for dates without a zone; UTC unless told

	location *time.Location
}

func readSettings(fsys fs.FS) (Settings, []Problem) {
	s := Settings{Title: "Postern", location: time.UTC}
	data, err := fs.ReadFile(fsys, SettingsFile)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return s, []Problem{{File: SettingsFile, Severity: Error, Message: err.Error()}}
	}
	var problems []Problem
	d := toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields()
	if err := d.Decode(&s); err != nil {
		problems = append(problems, settingsProblems(err)...)
	}
	s.Title, s.Description = line(s.Title), line(s.Description)
	if s.location, err = time.LoadLocation(s.Timezone); err != nil {
		s.location = time.UTC
		problems = append(problems, Problem{File: SettingsFile, Severity: Error,
			Message: `timezone "` + line(s.Timezone) + `" is not known`, Hint: `write an IANA name, such as "Europe/Madrid"`})
	}
	return s, problems
}

// settingsProblems turns what the decoder found into problems, each with its place.
func settingsProblems(err error) []Problem {
	var strict *toml.StrictMissingError
	if errors.As(err, &strict) {
		var problems []Problem
		for _, e := range strict.Errors {
			row, col := e.Position()
			problems = append(problems, Problem{File: SettingsFile, Line: row, Column: col, Severity: Error,
				Message: "there is no such setting", Hint: "the settings are title, description and timezone"})
		}
		return problems
	}
	p := Problem{File: SettingsFile, Severity: Error, Message: err.Error()}
	var decode *toml.DecodeError
	if errors.As(err, &decode) {
		p.Line, p.Column = decode.Position()
	}
	return []Problem{p}
}
