package content

import (
	"cmp"
	"fmt"
	"slices"
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

// Which key says what differs from generator to generator, so each thing is looked for under several keys, and the first that
// has a value counts.

// generatorDates are the values that tell Eleventy and Lume to take the date of the file or of its history.
var generatorDates = map[string]bool{"last modified": true, "created": true, "git last modified": true, "git created": true}

// readDates finds when the post was written and changed, and until when it is shown.
func (s *source) readDates(m frontmatter.Fields, opt parseOptions) {
	p := &s.post
	var bad []frontmatter.Field // dates that can't be read
	for _, k := range frontmatter.DateKeys {
		f := m[k]
		if f.Text == "" {
			f.Text = strings.Join(f.List, " ")
		}
		if _, isSwitch := frontmatter.ParseBool(f.Text); f.Text == "" || k == "published" && isSwitch {
			continue
		}
		if generatorDates[strings.ToLower(f.Text)] {
			s.report(problem.Warning, f, fmt.Sprintf("%s %s is left to the generator", k, problem.Quote(f.Text)), "write it as YYYY-MM-DD")
			continue
		}
		if on, ok := s.date(f, k, opt.location); ok {
			p.Day, p.Time = on.Day, on.Time
			break
		}
		s.badDate, bad = true, append(bad, f)
	}
	if p.Day == "" {
		if day := date.InPath("/" + m["path"].Text); day != "" {
			on, _ := date.Parse(day, opt.location)
			p.Day, p.Time = on.Day, on.Time
		} else if on, fault := date.Parse(s.file.Day, opt.location); fault == "" {
			p.Day, p.Time = on.Day, on.Time
		}
	}
	if p.Day == "" {
		for _, f := range bad {
			s.holdBack(f, opt.location)
		}
	}
	for _, k := range frontmatter.UpdatedKeys {
		if f := m[k]; f.Text != "" {
			if on, ok := s.date(f, k, opt.location); ok {
				p.UpdatedDay, p.Updated = on.Day, on.Time
				break
			}
		}
	}
	if f, k := m.First("expirydate", "expires"); k != "" {
		if on, ok := s.date(f, k, opt.location); ok {
			p.Expires = on.Time
		}
	}
}

func (s *source) date(f frontmatter.Field, k string, in *time.Location) (date.Date, bool) {
	on, fault := date.Parse(f.Text, in)
	switch fault {
	case date.NotADay:
		s.report(problem.Error, f, fmt.Sprintf("%s %s is not a day", k, problem.Quote(f.Text)), "write it as YYYY-MM-DD")
	case date.Ambiguous:
		s.report(problem.Error, f, fmt.Sprintf("%s %s may be a day of two months", k, problem.Quote(f.Text)), "write the year first, as YYYY-MM-DD")
	case date.BadTime:
		s.report(problem.Warning, f, fmt.Sprintf("the time in %s %s can't be read; midnight is taken", k, problem.Quote(f.Text)), "write it as YYYY-MM-DD hh:mm:ss +hh:mm")
	}
	return on, on.Day != ""
}

// readNames finds the title and the summary.
func (s *source) readNames(m frontmatter.Fields, o outline.Outline) {
	p := &s.post
	title, _ := outline.WithoutRemarks(m.Text("title", "name"), false)
	p.Title = sanitize.Line(title)
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
}

// readAddresses finds the addresses that the post claims, and those that it had before. A pattern such as /:year/:title/ is filled
// with what the post says of itself.
func (s *source) readAddresses(m frontmatter.Fields, opt parseOptions) {
	for _, k := range frontmatter.SlugKeys {
		text := m[k].Text
		c := sanitize.AddressOfPath(text)
		if c == "" && k == "permalink" {
			c = s.fillPermalink(text, cmp.Or(m.Text("slug"), s.stem))
		}
		if c == "" {
			continue
		}
		if len(s.claims) == 0 {
			s.claimed, s.claimsName = problem.Position{Line: m[k].Line, Column: m[k].Column}, k == "slug" && !strings.Contains(text, "/")
		}
		s.claims = append(s.claims, c)
	}
	if i := slices.IndexFunc(s.claims, func(c string) bool { return strings.HasSuffix(c, "/"+s.claims[0]) }); i > 0 {
		s.claims[0], s.claims[i], s.claimsName = s.claims[i], s.claims[0], false
	}
	if s.file.Placement == discover.WithPosts && (len(s.claims) == 0 || s.claimsName) {
		if c := s.fillPermalink(opt.permalink, cmp.Or(m.Text("slug"), s.stem)); c != "" {
			s.claims, s.claimsName = slices.Insert(s.claims, 0, c), false
		}
	}
	for _, k := range []string{"aliases", "redirect_from"} {
		for _, a := range m[k].Words(frontmatter.Whole) {
			if c := sanitize.AddressOfPath(a); c != "" {
				s.post.Aliases = append(s.post.Aliases, c)
				s.oldAddresses = append(s.oldAddresses, oldAddress{strings.Trim(a, "/"), m[k].ItemPosition(a)})
			}
		}
	}
}

// readLabels finds what the post is sorted by, its authors and its language.
func (s *source) readLabels(m frontmatter.Fields, opt parseOptions) {
	p := &s.post
	spaced := frontmatter.Whole
	if opt.spacedTags { // in `tags`, not in `tag`
		spaced = strings.Fields
	}
	p.Tags = firstNonEmpty(m.List(spaced, "tags"), m.List(frontmatter.Whole, "tag"), m.List(spaced, "topics", "keywords", "taxonomies.tags"))
	p.Categories = firstNonEmpty(m.List(spaced, "categories"), m.List(frontmatter.Whole, "category", "taxonomies.categories"))
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

// readReply finds where readers write to the author.
func (s *source) readReply(m frontmatter.Fields) {
	f, k := m.First("reply", "mailto")
	if k == "" {
		return
	}
	if on, isSwitch := frontmatter.ParseBool(f.Text); isSwitch {
		if !on {
			s.post.Reply = NoReply
		}
		return
	}
	url, ok := sanitize.ReplyURL(f.Text)
	if !ok {
		s.report(problem.Warning, f, k+" "+problem.Quote(f.Text)+" is not an address", "write a mail address, such as ana@example.com, or a URL")
	}
	s.post.Reply = url
}

// firstNonEmpty returns the first list that holds anything.
func firstNonEmpty(lists ...[]string) []string {
	for _, l := range lists {
		if len(l) > 0 {
			return l
		}
	}
	return nil
}

// exclude leaves out a file that is not a post.
func (s *source) exclude(m frontmatter.Fields) {
	_, redirects := m.First("redirect", "redirect_to")
	switch {
	case strings.Contains(s.post.Title, "{{"):
		s.leftOut = "a title that is a template's"
	case redirects != "" && s.noText:
		s.leftOut = "only leads to another address"
	case strings.EqualFold(m["permalink"].Text, "false"):
		s.leftOut = "permalink: false"
	case s.noText && discover.IsIndex(s.file.Path) && s.post.Day == "":
		s.leftOut = "an index without a text or a date"
	}
	if s.leftOut != "" {
		s.problems = nil
	}
}
