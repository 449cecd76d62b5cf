package content

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"postern/content/discover"
	"postern/content/problem"
	"postern/content/sanitize"
)

// SettingsFile is where a blog keeps its [Settings], at the root of its directory.
const SettingsFile = "postern.toml"

// maxSettings bounds the settings' file, in bytes.
const maxSettings = 64 << 10

// Settings are what a blog says of itself, in [SettingsFile]. None is required.
type Settings struct {
	Title       string   `toml:"title"`       // the blog's name; "Postern" unless told
	Description string   `toml:"description"` // one line under it
	Author      string   `toml:"author"`      // of the posts that name none; they have it in their Authors
	Host        string   `toml:"host"`        // what readers type to come here: a name or address, with the port if it isn't 22; empty if nothing is said
	Port        int      `toml:"port"`        // of Host, which has it too; 0 for 22
	Language    string   `toml:"language"`    // of the posts that name none: a BCP 47 tag in lower case; empty if nothing is said
	Timezone    string   `toml:"timezone"`    // an IANA name, for dates without a zone; UTC unless told
	Theme       string   `toml:"theme"`       // the name of a theme, or a glamour style sheet's file beside the posts; empty for the default
	Accent      string   `toml:"accent"`      // the color of headings and links: "#rrggbb", or a number from 0 to 255; empty for the theme's
	Pages       []string `toml:"pages"`       // the slugs of the pages that come first, in their order
	Posts       string   `toml:"posts"`       // the directory of the posts, slash-separated; empty to look for it

	location *time.Location
	spots    map[string]problem.Position // where the settings stand that the file has
}

// Location returns the blog's timezone.
func (s Settings) Location() *time.Location {
	if s.location == nil {
		return time.UTC
	}
	return s.location
}

// Problem returns an error in the value of a setting, at its place.
func (s Settings) Problem(key, message, hint string) problem.Problem {
	at := s.spots[key]
	return problem.Problem{File: SettingsFile, Line: at.Line, Column: at.Column, Severity: problem.Error, Message: message, Hint: hint}
}

// parseSettings makes settings of the file's bytes, or of the error of reading them. What is wrong with one is named with
// its place, and the others count.
func parseSettings(data []byte, err error) (Settings, []problem.Problem) {
	var s Settings
	c := settingsCheck{settings: &s}
	if err == nil {
		c.decode(data)
	} else if !errors.Is(err, fs.ErrNotExist) {
		c.refuse("", "can't be read: "+discover.Reason(err), "")
	}
	c.names()
	c.reach()
	c.look()
	c.places()
	s.spots = c.spots
	return s, c.problems
}

// readSettingsFile opens the file only if it is one: opening a pipe would wait for ever.
func readSettingsFile(fsys fs.FS) (data []byte, at fileStamp, err error) {
	info, err := fs.Stat(fsys, SettingsFile)
	switch {
	case err != nil:
		return nil, fileStamp{}, err
	case !info.Mode().IsRegular():
		return nil, fileStamp{}, errors.New("it is no file")
	}
	f, err := fsys.Open(SettingsFile)
	if err != nil {
		return nil, fileStamp{}, err
	}
	defer f.Close()
	data, err = io.ReadAll(io.LimitReader(f, maxSettings+1))
	if len(data) > maxSettings {
		err = errors.New("it is larger than 64 KB")
	}
	return data, fileStamp{size: info.Size(), modified: info.ModTime(), read: time.Now()}, err
}

// refuse reports what is wrong with the value of a key.
func (c *settingsCheck) refuse(key, message, hint string) {
	c.report(problem.Error, c.spots[key], message, hint)
}

// names makes texts fit to be shown.
func (c *settingsCheck) names() {
	s := c.settings
	for _, text := range []*string{&s.Title, &s.Description, &s.Author, &s.Theme, &s.Language, &s.Host, &s.Accent} {
		*text = sanitize.Line(*text)
	}
	if s.Title == "" {
		s.Title = "Postern"
	}
	s.Language = discover.LanguageTag(s.Language)
}

// isHost matches a name, an IPv4 address, or an IPv6 address in brackets, with or without a port; or nothing.
var isHost = regexp.MustCompile(`^$|^([A-Za-z0-9_][A-Za-z0-9_.-]{0,252}|\[[0-9A-Fa-f:.]{2,45}\])(:[0-9]{1,5})?$`)

// reach puts host and port together. The port that the host holds counts more than the one that stands alone.
func (c *settingsCheck) reach() {
	s := c.settings
	if _, err := ParseHost(s.Host); err != nil {
		c.refuse("host", "host "+problem.Quote(s.Host)+" is none", `write what readers type, such as "blog.example.com" or "blog.example.com:2222"`)
		s.Host = ""
	}
	if _, said := c.spots["port"]; said && (s.Port == 0 || !isPort(s.Port)) {
		c.refuse("port", fmt.Sprintf("port %d is none", s.Port), "write a number from 1 to 65535")
		s.Port = 0
	}
	if n := portOf(s.Host); n != 0 {
		if s.Port != 0 && s.Port != n {
			c.refuse("port", fmt.Sprintf("host names port %d, and port is %d; the host's counts", n, s.Port), "name it once")
		}
		s.Host, s.Port = s.Host[:strings.LastIndexByte(s.Host, ':')], n
	}
	if s.Host == "" && s.Port != 0 {
		c.report(problem.Warning, c.spots["port"], "port says nothing without a host", `write what readers type, such as host = "blog.example.com"`)
	}
	if s.Port == 22 || s.Host == "" {
		s.Port = 0
	}
	if s.Port != 0 {
		s.Host += ":" + strconv.Itoa(s.Port)
	}
}

// portOf returns the port that a host holds, 0 for none, and one that is none for one that is none.
func portOf(host string) int {
	_, port, err := net.SplitHostPort(host)
	if err != nil {
		return 0
	}
	n, _ := strconv.Atoi(port)
	return cmp.Or(n, -1)
}

func isPort(n int) bool { return n >= 0 && n <= 65535 }

// paints are the names of a terminal's 16 colors, in the order of their numbers.
var paints = []string{"black", "red", "green", "yellow", "blue", "magenta", "cyan", "white", "bright black", "bright red",
	"bright green", "bright yellow", "bright blue", "bright magenta", "bright cyan", "bright white"}

var isColor = regexp.MustCompile(`^$|^#[0-9A-Fa-f]{6}$|^(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])$`)

// look makes the accent a color as style sheets write it.
func (c *settingsCheck) look() {
	s := c.settings
	name := strings.ReplaceAll(strings.ToLower(s.Accent), "-", " ")
	if n := slices.Index(paints, name); n >= 0 {
		s.Accent = strconv.Itoa(n)
	}
	if isColor.MatchString(s.Accent) {
		return
	}
	hint := `write a name such as "cyan" or "bright blue", a number from 0 to 255, or "#rrggbb"`
	if near, ok := problem.Nearest(name, slices.Values(paints)); ok {
		hint = "did you mean " + near + "?"
	}
	c.refuse("accent", "accent "+problem.Quote(s.Accent)+" is no color", hint)
	s.Accent = ""
}

// places checks where the blog is, on the clock and on disk.
func (c *settingsCheck) places() {
	s := c.settings
	var err error
	if s.location, err = time.LoadLocation(s.Timezone); err != nil || s.Timezone == "Local" {
		c.refuse("timezone", "timezone "+problem.Quote(s.Timezone)+" is not known", `write an IANA name, such as "Europe/Madrid"`)
		s.location, s.Timezone = time.UTC, ""
	}
	if s.Posts != "" {
		clean := path.Clean(strings.TrimSuffix(s.Posts, "/"))
		if !fs.ValidPath(clean) {
			c.refuse("posts", "posts "+problem.Quote(s.Posts)+" is no directory in this one", "name a directory, relative to "+SettingsFile)
			clean = ""
		}
		s.Posts = clean
	}
}
