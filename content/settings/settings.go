// Package settings reads what a blog says of itself in postern.toml, and in the file of its generator.
package settings

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"

	"postern/content/date"
	"postern/content/problem"
	"postern/content/sanitize"
)

// File is the name of the file with the [Settings], at the root of a blog's directory.
const File = "postern.toml"

// The values of [Settings.Pictures]. Empty means that they are shown.
const (
	ShowPictures    = "show"
	CaptionPictures = "caption"
)

// The values of [Settings.RightToLeft]. Empty means that it is left.
const (
	Reorder        = "reorder"
	LeaveUnordered = "leave"
)

// maxSize bounds the file, in bytes.
const maxSize = 64 << 10

// Settings are what a blog says of itself in its [File]. All of them are optional, and safe to show.
type Settings struct {
	Title       string   `toml:"title"`         // the blog's name; "Postern" if there is none
	Description string   `toml:"description"`   // one line under it
	Author      string   `toml:"author"`        // of the posts that name none
	Reply       string   `toml:"reply"`         // where readers write to the author of a post that says nothing of it: a URL; empty for nowhere
	Host        string   `toml:"host"`          // what readers type to come here: a name or address, with the port if it isn't 22; empty if it isn't known
	Port        int      `toml:"port"`          // of Host, which has it too; 0 for 22
	Language    string   `toml:"language"`      // of the posts that name none: a BCP 47 tag in lower case; empty if it isn't known
	Timezone    string   `toml:"timezone"`      // an IANA name, for dates without a zone; empty for UTC
	Theme       string   `toml:"theme"`         // the name of a theme, or a glamour style sheet's file beside the posts; empty for the default
	Accent      string   `toml:"accent"`        // the color of headings and links: "#rrggbb", or a number from 0 to 255; empty for the theme's
	Pictures    string   `toml:"pictures"`      // what readers see of pictures at first: "show", or "caption" for captions in their place
	RightToLeft string   `toml:"right-to-left"` // what is done with right-to-left text on a terminal that doesn't say whether it reorders it: "reorder", or "leave" to it
	Pages       []string `toml:"pages"`         // the slugs of the pages that come first, in their order
	Posts       []string `toml:"posts"`         // the directories of the posts, slash-separated; none to look for them

	location  *time.Location
	positions map[string]problem.Position // of the keys that the file has
}

// Location returns the blog's timezone.
func (s Settings) Location() *time.Location {
	if s.location == nil {
		return time.UTC
	}
	return s.location
}

// StyleSheet returns the path of the style sheet that the theme is, and false if the theme is a name that can't be a path.
func (s Settings) StyleSheet() (string, bool) {
	return s.Theme, s.Theme != "" && fs.ValidPath(s.Theme)
}

// ParseTime reads a date as posts write it, in the blog's timezone if it names none.
func (s Settings) ParseTime(text string) (time.Time, error) {
	on, doubt := date.Parse(sanitize.Line(text), s.Location())
	if doubt != "" {
		return time.Time{}, fmt.Errorf("%s %s; write it as YYYY-MM-DD or YYYY-MM-DD hh:mm", problem.Quote(text), doubt)
	}
	return on.Time, nil
}

// Problem returns an error in the value of a setting, with the position of its key.
func (s Settings) Problem(key, message, hint string) problem.Problem {
	at := s.positions[key]
	return problem.Problem{File: File, Line: at.Line, Column: at.Column, Severity: problem.Error, Message: message, Hint: hint}
}

// Read reads a file with settings in fsys, such as [File], at most 64 KB, and when it was last modified. The error is
// [fs.ErrNotExist] if there is none.
func Read(fsys fs.FS, name string) (data []byte, modified time.Time, err error) {
	info, err := fs.Stat(fsys, name)
	switch {
	case err != nil:
		return nil, time.Time{}, err
	case !info.Mode().IsRegular(): // opening a pipe would wait for ever
		return nil, time.Time{}, errors.New("it is not a regular file")
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, time.Time{}, err
	}
	defer f.Close()
	data, err = io.ReadAll(io.LimitReader(f, maxSize+1))
	if len(data) > maxSize {
		err = errors.New("it is larger than 64 KB")
	}
	return data, info.ModTime(), err
}
