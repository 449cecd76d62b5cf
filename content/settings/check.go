package settings

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"postern/content/language"
	"postern/content/problem"
	"postern/content/sanitize"
)

// cleanTexts makes texts fit to be shown.
func (p *parser) cleanTexts() {
	s := p.settings
	for _, text := range []*string{&s.Title, &s.Description, &s.Author, &s.Theme, &s.Language, &s.Host, &s.Accent} {
		*text = sanitize.Line(*text)
	}
	if s.Title == "" {
		s.Title = "Postern"
	}
	if s.Language = language.Tag(s.Language); s.Language != "" && !language.IsValid(s.Language) {
		p.refuse("language", "language "+problem.Quote(s.Language)+" is not valid", "write a code of BCP 47, such as \"en\" or \"pt-BR\"")
		s.Language = ""
	}
}

// checkReply makes a URL of where readers write to.
func (p *parser) checkReply() {
	s := p.settings
	url, ok := sanitize.ReplyURL(s.Reply)
	if !ok && s.Reply != "" {
		p.refuse("reply", "reply "+problem.Quote(s.Reply)+" is not an address", "write a mail address, such as \"ana@example.com\", or a URL")
	}
	s.Reply = url
}

// checkChoice empties the value of a key unless it is one of the two that are valid.
func (p *parser) checkChoice(key string, value *string, one, other, hint string) {
	if *value != "" && *value != one && *value != other {
		p.refuse(key, key+" "+problem.Quote(*value)+" is not valid", hint)
		*value = ""
	}
}

// checkHost puts host and port together. The port in the host counts more than the one that stands alone.
func (p *parser) checkHost() {
	s := p.settings
	if fault := hostFault(s.Host); fault != "" {
		p.refuse("host", "host "+problem.Quote(s.Host)+" is not valid: "+fault, hostHint)
		s.Host = ""
	}
	if _, said := s.positions["port"]; said && (s.Port < 1 || s.Port > 65535) {
		p.refuse("port", fmt.Sprintf("port %d is not valid", s.Port), "write a number from 1 to 65535")
		s.Port = 0
	}
	if n := portOf(s.Host); n != 0 {
		if s.Port != 0 && s.Port != n {
			p.refuse("port", fmt.Sprintf("host names port %d, and port is %d; the host's counts", n, s.Port), "name it once")
		}
		s.Host, s.Port = s.Host[:strings.LastIndexByte(s.Host, ':')], n
	}
	if s.Host == "" && s.Port != 0 {
		p.report(problem.Warning, s.positions["port"], "port says nothing without a host", `write what readers type, such as host = "blog.example.com"`)
	}
	if s.Port == 22 || s.Host == "" {
		s.Port = 0
	}
	if s.Port != 0 {
		s.Host += ":" + strconv.Itoa(s.Port)
	}
}

// colorNames are the names of a terminal's 16 colors, in the order of their numbers.
var colorNames = []string{"black", "red", "green", "yellow", "blue", "magenta", "cyan", "white", "bright black", "bright red",
	"bright green", "bright yellow", "bright blue", "bright magenta", "bright cyan", "bright white"}

var isColor = regexp.MustCompile(`^$|^#[0-9A-Fa-f]{6}$|^(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])$`)

// checkAccent makes the accent a color as style sheets write it.
func (p *parser) checkAccent() {
	s := p.settings
	name := strings.ReplaceAll(strings.ToLower(s.Accent), "-", " ")
	if n := slices.Index(colorNames, name); n >= 0 {
		s.Accent = strconv.Itoa(n)
	}
	if isColor.MatchString(s.Accent) {
		return
	}
	hint := `write a name such as "cyan" or "bright blue", a number from 0 to 255, or "#rrggbb"`
	if near, ok := problem.Nearest(name, slices.Values(colorNames)); ok {
		hint = "did you mean " + near + "?"
	}
	p.refuse("accent", "accent "+problem.Quote(s.Accent)+" is not a color", hint)
	s.Accent = ""
}

func (p *parser) checkTimezone() {
	s := p.settings
	var err error
	if s.location, err = time.LoadLocation(s.Timezone); err != nil || s.Timezone == "Local" {
		p.refuse("timezone", "timezone "+problem.Quote(s.Timezone)+" is not known", `write an IANA name, such as "Europe/Madrid"`)
		s.location, s.Timezone = time.UTC, ""
	}
}

func (p *parser) checkPosts() {
	var dirs []string
	for _, dir := range p.settings.Posts {
		clean := path.Clean(dir)
		if dir != "" && fs.ValidPath(clean) {
			dirs = append(dirs, clean)
		} else if dir != "" {
			p.refuse("posts", "posts "+problem.Quote(dir)+" is not a directory within the blog's", "name a directory, relative to "+File)
		}
	}
	p.settings.Posts = dirs
}
