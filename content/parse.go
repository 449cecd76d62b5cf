package content

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"
)

// A source is one file, parsed: all that can be said of it without looking at the others. It is immutable, and kept
// from one load to the next for as long as its file stays as it is.
type source struct {
	file file
	post Post // without slug and kind, which depend on others

	stem     string   // the slug that its file's name makes, without the date
	full     string   // the same with the date
	claims   []string // the slugs that the front matter claims, the one that counts first
	headings string   // the texts of the body's headings, a line each
	layout   string   // the template's name: "post", "page"
	fronted  bool     // there is a front matter
	hollow   bool     // there is no text
	misdated bool     // a date is meant, and none can be read
	leftOut  string   // why it is no post; empty if it is one
	problems []Problem
	kept     bool // the file is broken, and this is what it was before
}

// broken reports whether something that the author wrote is not shown as they meant it.
func (s *source) broken() bool {
	_, wrong := firstError(s.problems)
	return wrong
}

// A dialect is what the site decides about how its files are read.
type dialect struct {
	zone   string // of dates that name none
	in     *time.Location
	jekyll bool // tags in one string are parted at blanks
}

// parse reads one file's bytes.
func parse(f file, data []byte, d dialect) *source {
	s := &source{file: f, stem: slugify(f.name.stem), full: slugify(f.name.full)}
	p := &s.post
	p.Path = shown(f.path)
	p.Sum = sum(f.path, data)

	r := splitFront(s.text(data))
	m := s.matter(&r)
	p.Body, p.BodyLine = r.body, r.bodyLine
	s.fronted = r.form != none
	o := scanBody(p.Body)
	p.Words, s.headings, s.hollow = o.words, o.headings, o.empty

	s.dates(m, d)
	s.names(m, o)
	s.labels(m, d)
	s.switches(m, r.form, d)
	s.exclude(m)
	if len(data) == 0 {
		s.warn(0, "the file is empty", "write something, or take it out")
	}
	return s
}

// sum is what a post is known by in caches: it changes with its file's name and bytes.
func sum(name string, data []byte) (sum [16]byte) {
	h := sha256.New()
	h.Write([]byte(name + "\x00"))
	h.Write(data)
	copy(sum[:], h.Sum(nil))
	return sum
}

func (s *source) report(severity Severity, f field, message, hint string) {
	s.problems = append(s.problems, Problem{File: s.post.Path, Line: f.line, Column: f.col, Severity: severity, Message: message, Hint: hint})
}

func (s *source) warn(line int, message, hint string) {
	s.report(Warning, field{line: line}, message, hint)
}

// text decodes a file: without a byte order mark, with lines that end in \n, and clean.
func (s *source) text(data []byte) string {
	text := string(data)
	if strings.HasPrefix(text, "\xff\xfe") || strings.HasPrefix(text, "\xfe\xff") {
		text = decodeUTF16(text)
		s.warn(0, "the file is UTF-16", "save it as UTF-8")
	}
	text = strings.TrimPrefix(text, "\ufeff")
	if strings.IndexByte(text, '\r') >= 0 {
		text = strings.ReplaceAll(text, "\r\n", "\n")
	}
	if at := firstUnsafe(text); at >= 0 {
		before := text[:at]
		f := field{line: 1 + strings.Count(before, "\n"), col: at - strings.LastIndexByte(before, '\n')}
		r, n := utf8.DecodeRuneInString(text[at:])
		what, todo := fmt.Sprintf("the control character %U is shown as \ufffd", r), "take it out"
		if n == 1 && r == utf8.RuneError {
			what, todo = fmt.Sprintf("the byte 0x%02X is not UTF-8, and is shown as \ufffd", text[at]), "save the file as UTF-8"
		}
		s.report(Warning, f, what, todo)
		text = Clean(text)
	}
	return text
}

func decodeUTF16(s string) string {
	units := make([]uint16, 0, len(s)/2)
	high, low := 1, 0
	if s[0] == 0xfe {
		high, low = 0, 1
	}
	for i := 2; i+1 < len(s); i += 2 {
		units = append(units, uint16(s[i+high])<<8|uint16(s[i+low]))
	}
	return string(utf16.Decode(units))
}

// matter reads the front matter in its form. One that turns out to be none goes back to the body.
func (s *source) matter(r *front) matter {
	var m matter
	var problems []Problem
	file := s.post.Path
	if len(r.text) > maxMatter && r.form != scriptForm {
		m = matter{}
		readLines(file, *r, m, &problems)
		s.problems = append(s.problems, problems...)
		s.report(Error, field{line: r.line}, "the front matter is larger than 64 KB; only its plain lines are read", "move what is long into the text")
		return m
	}
	switch r.form {
	case yamlForm:
		var mapping bool
		if m, problems, mapping = parseYAML(file, *r); !mapping {
			*r = front{body: r.whole, bodyLine: 1} // its lines are text between thematic breaks
			return nil
		}
	case tomlForm:
		m, problems = parseTOML(file, *r)
	case jsonForm:
		m, problems = parseJSON(file, *r)
		if _, wrong := firstError(problems); wrong {
			readLines(file, *r, m, new([]Problem))
		}
	case headerForm:
		m, problems = parseHeader(file, *r)
	case linkForm:
		m = parseLinks(file, *r, &problems)
	case scriptForm:
		m = matter{}
		readLines(file, *r, m, &problems)
		m["draft"] = field{text: "true", line: r.line - 1, col: 1}
		problems = append(problems, Problem{File: file, Line: r.line - 1, Column: 1, Severity: Warning,
			Message: "the front matter is a program, which is not run: the post is a draft", Hint: "write it between two lines of ---"})
	}
	if r.open {
		problems = append(problems, Problem{File: file, Line: max(1, r.line-1), Column: 1, Severity: Error,
			Message: "the front matter has no end", Hint: "close it with a line of ---"})
	}
	s.problems = append(s.problems, problems...)
	return m
}

var (
	dateKeys    = []string{"date", "pubdate", "pubdatetime", "publishdate", "published", "published_at", "publishedat", "created", "added", "date.created"}
	updatedKeys = []string{"updated", "lastmod", "modified", "moddatetime", "date_updated", "edited", "last_modified_at", "date.updated"}
	slugKeys    = []string{"slug", "permalink", "url", "path", "basename"}
	summaryKeys = []string{"description", "excerpt", "summary", "desc", "hook", "spoiler", "subtitle"}
)

// dates finds when the post was written and changed, and until when it is shown.
func (s *source) dates(m matter, d dialect) {
	p := &s.post
	for _, k := range dateKeys {
		f := m[k]
		if _, isSwitch := parseBool(f.text); f.text == "" || k == "published" && isSwitch {
			continue
		}
		if on, ok := s.date(f, k, d.in); ok {
			p.Day, p.Time = on.day, on.at
			break
		}
		s.misdated = true
	}
	if p.Day == "" {
		if day := pathDate("/" + m["path"].text); day != "" {
			on, _ := parseDate(day, d.in)
			p.Day, p.Time = on.day, on.at
		} else if on, doubt := parseDate(s.file.day, d.in); doubt == "" {
			p.Day, p.Time = on.day, on.at
		}
	}
	for _, k := range updatedKeys {
		if f := m[k]; f.text != "" {
			if on, ok := s.date(f, k, d.in); ok {
				p.UpdatedDay, p.Updated = on.day, on.at
				break
			}
		}
	}
	if f, k := m.first("expirydate", "expires"); k != "" {
		if on, ok := s.date(f, k, d.in); ok {
			p.Expires = on.at
		}
	}
}

func (s *source) date(f field, k string, in *time.Location) (date, bool) {
	on, doubt := parseDate(f.text, in)
	switch doubt {
	case notADay:
		s.report(Error, f, fmt.Sprintf("%s %s is not a day", k, quoted(f.text)), "write it as YYYY-MM-DD")
	case ambiguous:
		s.report(Error, f, fmt.Sprintf("%s %s may be a day of two months", k, quoted(f.text)), "write the year first, as YYYY-MM-DD")
	case noClock:
		s.report(Warning, f, fmt.Sprintf("the time in %s %s can't be read; midnight is taken", k, quoted(f.text)), "write it as YYYY-MM-DD hh:mm:ss +hh:mm")
	}
	return on, on.day != ""
}

// names finds the title, the summary and the addresses.
func (s *source) names(m matter, o outline) {
	p := &s.post
	p.Title = m.text("title", "name")
	if strings.EqualFold(p.Title, "undefined") {
		p.Title = ""
	}
	if p.Title == "" {
		p.Title = o.title
	}
	if p.Title == "" {
		p.Title = headline(s.file.stem)
	}
	for _, k := range summaryKeys {
		if p.Summary = shorten(line(m[k].text)); p.Summary != "" {
			break
		}
	}
	if p.Summary == "" {
		p.Summary = o.summary
	}
	for _, k := range slugKeys {
		if c := claimedSlug(m[k].text); c != "" {
			s.claims = append(s.claims, c)
		}
	}
	for _, k := range []string{"aliases", "redirect_from"} {
		for _, a := range m[k].words(whole) {
			if c := claimedSlug(a); c != "" {
				p.Aliases = append(p.Aliases, c)
			}
		}
	}
}

// labels finds what the post is sorted by.
func (s *source) labels(m matter, d dialect) {
	p := &s.post
	split := func(t string) []string {
		switch {
		case strings.Contains(t, ","):
			return commas(t)
		case d.jekyll:
			return strings.Fields(t)
		}
		return whole(t)
	}
	f, _ := m.first("tags", "tag", "topics", "keywords", "taxonomies.tags")
	p.Tags = f.words(split)
	f, _ = m.first("categories", "category", "taxonomies.categories")
	p.Categories = f.words(func(t string) []string {
		if strings.Contains(t, ",") {
			return commas(t)
		}
		return whole(t)
	})
	f, _ = m.first("series", "taxonomies.series")
	if names := f.words(whole); len(names) > 0 {
		p.Series = names[0]
	}
	f, _ = m.first("author", "authors", "by", "taxonomies.authors", "author.name")
	for _, a := range f.words(whole) {
		if a = plain(a); a != "" {
			p.Authors = append(p.Authors, a)
		}
	}
	p.Lang = languageTag(m.text("lang", "language", "locale"))
	if p.Lang == "" {
		p.Lang = s.file.lang
	}
	layout := strings.ToLower(m.text("layout"))
	layout = layout[strings.LastIndexByte(layout, '/')+1:]
	s.layout, _, _ = strings.Cut(layout, ".")
	if strings.EqualFold(m.text("type"), "page") {
		s.layout = "page"
	}
}

// switches finds whether the post is shown at all. What can't be read hides it, because showing it could not be undone.
func (s *source) switches(m matter, as form, d dialect) {
	p := &s.post
	p.Draft = s.file.draft
	for _, k := range []string{"draft", "published"} {
		f, there := m[k]
		if !there {
			continue
		}
		value, ok := parseBool(f.text)
		if _, doubt := parseDate(f.text, d.in); k == "published" && doubt != notADay {
			continue
		}
		switch {
		case !ok || f.bad && f.text == "" || len(f.list) > 0:
			p.Draft = true
			s.report(Warning, f, fmt.Sprintf("%s: %s is neither true nor false: the post is a draft", k, quoted(f.text)), "write true or false")
		case f.text != "" && value == (k == "draft"):
			p.Draft = true
		}
	}
	if unlisted, ok := parseBool(m["unlisted"].text); unlisted || !ok {
		p.Unlisted = true
	}
	switch strings.ToLower(m.text("status")) {
	case "draft", "skip":
		p.Draft = true
	case "hidden":
		p.Unlisted = true
	}
}

// exclude says why a file is no post at all.
func (s *source) exclude(m matter) {
	_, redirects := m.first("redirect", "redirect_to")
	switch {
	case strings.Contains(s.post.Title, "{{"):
		s.leftOut = "its title is a template's"
	case redirects != "" && s.hollow:
		s.leftOut = "it only leads to another address"
	case strings.EqualFold(m["permalink"].text, "false"):
		s.leftOut = "its permalink is false"
	case s.hollow && isIndex(s.file.path):
		s.leftOut = "it is an index without a text"
	}
	if s.leftOut != "" {
		s.problems = nil
	}
}
