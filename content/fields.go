package content

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"postern/content/date"
	"postern/content/discover"
	"postern/content/frontmatter"
	"postern/content/language"
	"postern/content/outline"
	"postern/content/problem"
	"postern/content/sanitize"
)

// Which key says what differs from generator to generator, so each thing that a post says of itself is looked for under
// several, and the first that is there and not empty counts.

// computed are the words by which Eleventy and Lume are told to look at the file or its history.
var computed = map[string]bool{"last modified": true, "created": true, "git last modified": true, "git created": true}

// dates finds when the post was written and changed, and until when it is shown.
func (s *source) dates(m frontmatter.Fields, d dialect) {
	p := &s.post
	var meant []frontmatter.Field // to be the date, and can't be read
	for _, k := range frontmatter.DateKeys {
		f := m[k]
		if f.Text == "" {
			f.Text = strings.Join(f.List, " ")
		}
		if _, isSwitch := frontmatter.ParseBool(f.Text); f.Text == "" || k == "published" && isSwitch {
			continue
		}
		if computed[strings.ToLower(f.Text)] {
			s.report(problem.Warning, f, fmt.Sprintf("%s %s is left to the generator", k, problem.Quote(f.Text)), "write it as YYYY-MM-DD")
			continue
		}
		if on, ok := s.date(f, k, d.in); ok {
			p.Day, p.Time = on.Day, on.Time
			break
		}
		s.misdated, meant = true, append(meant, f)
	}
	if p.Day == "" {
		if day := date.InPath("/" + m["path"].Text); day != "" {
			on, _ := date.Parse(day, d.in)
			p.Day, p.Time = on.Day, on.Time
		} else if on, doubt := date.Parse(s.file.Day, d.in); doubt == "" {
			p.Day, p.Time = on.Day, on.Time
		}
	}
	if p.Day == "" {
		for _, f := range meant {
			s.embargo(f, d.in)
		}
	}
	for _, k := range frontmatter.UpdatedKeys {
		if f := m[k]; f.Text != "" {
			if on, ok := s.date(f, k, d.in); ok {
				p.UpdatedDay, p.Updated = on.Day, on.Time
				break
			}
		}
	}
	if f, k := m.First("expirydate", "expires"); k != "" {
		if on, ok := s.date(f, k, d.in); ok {
			p.Expires = on.Time
		}
	}
}

func (s *source) date(f frontmatter.Field, k string, in *time.Location) (date.Date, bool) {
	on, doubt := date.Parse(f.Text, in)
	switch doubt {
	case date.NotADay:
		s.report(problem.Error, f, fmt.Sprintf("%s %s is not a day", k, problem.Quote(f.Text)), "write it as YYYY-MM-DD")
	case date.Ambiguous:
		s.report(problem.Error, f, fmt.Sprintf("%s %s may be a day of two months", k, problem.Quote(f.Text)), "write the year first, as YYYY-MM-DD")
	case date.BadTime:
		s.report(problem.Warning, f, fmt.Sprintf("the time in %s %s can't be read; midnight is taken", k, problem.Quote(f.Text)), "write it as YYYY-MM-DD hh:mm:ss +hh:mm")
	}
	return on, on.Day != ""
}

// names finds the title, the summary and the addresses.
func (s *source) names(m frontmatter.Fields, o outline.Outline) {
	p := &s.post
	p.Title = m.Text("title", "name")
	if strings.EqualFold(p.Title, "undefined") {
		p.Title = ""
	}
	empty := p.Title == ""
	if empty {
		p.Title = cmp.Or(o.Title, discover.Title(s.file.Stem))
	}
	if f, there := m["title"]; there && empty && !f.Guessed {
		s.report(problem.Warning, f, "the title is empty, and "+problem.Quote(p.Title)+" stands in its place", "write one, or take the key out")
	}
	for _, k := range frontmatter.SummaryKeys {
		if p.Summary = outline.Summary(m[k].Text); p.Summary != "" {
			break
		}
	}
	if p.Summary == "" {
		p.Summary = o.Summary
	}
	for _, k := range frontmatter.SlugKeys {
		if c := sanitize.SlugOfPath(m[k].Text); c != "" {
			if len(s.claims) == 0 {
				s.claimed = problem.Position{Line: m[k].Line, Column: m[k].Column}
			}
			s.claims = append(s.claims, c)
		}
	}
	for _, k := range []string{"aliases", "redirect_from"} {
		for _, a := range m[k].Words(frontmatter.Whole) {
			if c := sanitize.SlugOfPath(a); c != "" {
				p.Aliases = append(p.Aliases, c)
				s.former = append(s.former, former{strings.Trim(a, "/"), m[k].ItemPosition(a)})
			}
		}
	}
}

// labels finds what the post is sorted by.
func (s *source) labels(m frontmatter.Fields, d dialect) {
	p := &s.post
	blanks := frontmatter.Whole
	if d.jekyll { // where `tags` means several, and `tag` one
		blanks = strings.Fields
	}
	p.Tags = oneOf(m.List(blanks, "tags"), m.List(frontmatter.Whole, "tag"), m.List(blanks, "topics", "keywords", "taxonomies.tags"))
	p.Categories = oneOf(m.List(blanks, "categories"), m.List(frontmatter.Whole, "category", "taxonomies.categories"))
	f, _ := m.First("series", "taxonomies.series")
	if names := f.Words(frontmatter.Whole); len(names) > 0 {
		p.Series = names[0]
	}
	f, _ = m.First("author", "authors", "by", "taxonomies.authors", "author.name")
	for _, a := range f.Words(frontmatter.Whole) {
		if a = outline.Plain(a); a != "" {
			p.Authors = append(p.Authors, a)
		}
	}
	p.Lang = language.Tag(m.Text("lang", "language", "locale"))
	if p.Lang == "" {
		p.Lang = s.file.Lang
	}
	layout := strings.ToLower(m.Text("layout"))
	layout = layout[strings.LastIndexByte(layout, '/')+1:]
	s.layout, _, _ = strings.Cut(layout, ".")
	if strings.EqualFold(m.Text("type"), "page") {
		s.layout = "page"
	}
}

// oneOf returns the first list that holds anything.
func oneOf(lists ...[]string) []string {
	for _, l := range lists {
		if len(l) > 0 {
			return l
		}
	}
	return nil
}

// exclude says why a file is no post at all.
func (s *source) exclude(m frontmatter.Fields) {
	_, redirects := m.First("redirect", "redirect_to")
	switch {
	case strings.Contains(s.post.Title, "{{"):
		s.leftOut = "its title is a template's"
	case redirects != "" && s.hollow:
		s.leftOut = "it only leads to another address"
	case strings.EqualFold(m["permalink"].Text, "false"):
		s.leftOut = "its permalink is false"
	case s.hollow && discover.IsIndex(s.file.Path) && s.post.Day == "":
		s.leftOut = "it is an index without a text or a date"
	}
	if s.leftOut != "" {
		s.problems = nil
	}
}
