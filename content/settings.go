package content

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"
)

// SettingsFile is where a blog keeps its [Settings], at the root of its directory.
const SettingsFile = "postern.toml"

// maxSettings bounds the settings' file, in bytes.
const maxSettings = 64 << 10

// Settings are what a blog says of itself, in [SettingsFile]. None is required.
type Settings struct {
	Title       string `toml:"title"`       // the blog's name; "Postern" unless told
	Description string `toml:"description"` // one line under it
	Language    string `toml:"language"`    // of the posts that name none: a BCP 47 tag in lower case; empty if nothing is said
	Timezone    string `toml:"timezone"`    // an IANA name, for dates without a zone; UTC unless told
	Theme       string `toml:"theme"`       // the name of a theme, or a glamour style sheet's file beside the posts; empty for the default
	Host        string `toml:"host"`        // what readers type to come here: a name or address, with a port if it isn't 22; empty if nothing is said
	Posts       string `toml:"posts"`       // the directory of the posts, slash-separated; empty to look for it

	location *time.Location
}

// Location returns the blog's timezone.
func (s Settings) Location() *time.Location {
	if s.location == nil {
		return time.UTC
	}
	return s.location
}

// isHost matches a name, an IPv4 address, or an IPv6 address in brackets, with or without a port; or nothing.
var isHost = regexp.MustCompile(`^$|^([A-Za-z0-9_][A-Za-z0-9_.-]{0,252}|\[[0-9A-Fa-f:.]{2,45}\])(:[0-9]{1,5})?$`)

func readSettings(fsys fs.FS) (Settings, []Problem) {
	s := Settings{Title: "Postern", location: time.UTC}
	data, err := readSettingsFile(fsys)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return s, []Problem{{File: SettingsFile, Severity: Error, Message: "can't be read: " + reason(err)}}
	}
	var problems []Problem
	d := toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields()
	if err := d.Decode(&s); err != nil {
		problems = settingsProblems(err)
	}
	return s.checked(problems)
}

// readSettingsFile opens the file only if it is one: opening a pipe would wait for ever.
func readSettingsFile(fsys fs.FS) ([]byte, error) {
	info, err := fs.Stat(fsys, SettingsFile)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, errors.New("it is no file")
	case info.Size() > maxSettings:
		return nil, errors.New("it is larger than 64 KB")
	}
	return fs.ReadFile(fsys, SettingsFile)
}

// checked returns the settings with their values made sound.
func (s Settings) checked(problems []Problem) (Settings, []Problem) {
	refuse := func(message, hint string) {
		problems = append(problems, Problem{File: SettingsFile, Severity: Error, Message: message, Hint: hint})
	}
	if s.Title = line(s.Title); s.Title == "" {
		s.Title = "Postern"
	}
	s.Description = line(s.Description)
	s.Theme = line(s.Theme)
	s.Language = languageTag(line(s.Language))
	if s.Host = line(s.Host); !isHost.MatchString(s.Host) {
		refuse("host "+quoted(s.Host)+" is none", `write what readers type, such as "blog.example.com" or "blog.example.com:2222"`)
		s.Host = ""
	}
	var err error
	if s.location, err = time.LoadLocation(s.Timezone); err != nil || s.Timezone == "Local" {
		refuse("timezone "+quoted(s.Timezone)+" is not known", `write an IANA name, such as "Europe/Madrid"`)
		s.location, s.Timezone = time.UTC, ""
	}
	if s.Posts != "" {
		clean := path.Clean(strings.TrimSuffix(s.Posts, "/"))
		if !fs.ValidPath(clean) {
			refuse("posts "+quoted(s.Posts)+" is no directory in this one", "name a directory, relative to "+SettingsFile)
			clean = ""
		}
		s.Posts = clean
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
			key := strings.Join(e.Key(), ".")
			problems = append(problems, Problem{File: SettingsFile, Line: row, Column: col, Severity: Error,
				Message: "there is no setting " + quoted(key), Hint: nearestSetting(key)})
		}
		return problems
	}
	p := Problem{File: SettingsFile, Severity: Error, Message: line(strings.TrimPrefix(err.Error(), "toml: "))}
	var decode *toml.DecodeError
	if errors.As(err, &decode) {
		p.Line, p.Column = decode.Position()
	}
	return []Problem{p}
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
	if name, ok := Nearest(key, slices.Values(names)); ok {
		return "did you mean " + name + "?"
	}
	return "the settings are " + strings.Join(names, ", ")
}
