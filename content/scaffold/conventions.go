package scaffold

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"time"

	"postern/content"
	"postern/content/date"
	"postern/content/discover"
	"postern/content/frontmatter"
	"postern/content/language"
)

// conventions are how the posts of a blog are named and begun, as far as they agree: a new one goes where the newest lie, and
// has their keys, written as they write them.
type conventions struct {
	dir      string // of the posts; the parts that are a date's as yearMark, monthMark and dayMark
	naming   naming
	template template
}

// A naming is how a file's name is made of a title and a day.
type naming struct {
	bundle bool // NAME/index.md
	day    dayPosition
	sep    string // between the day and the title
	lang   string // a suffix of the name, with its dot
	ext    string
}

// A dayPosition is where the day stands in a file's name.
type dayPosition int

const (
	dayFirst dayPosition = iota
	dayLast
	noDay
)

// What stands for the parts of a date in a directory. No path that is read holds them.
const yearMark, monthMark, dayMark = "\x01", "\x02", "\x03"

// maxExamples is how many of the newest posts conventions are learned from: they follow a blog that has changed its own.
const maxExamples = 10

// standard has the conventions of a blog without posts, which README shows.
var standard = conventions{
	dir:    ".",
	naming: naming{sep: "-", ext: ".md"},
	template: template{form: frontmatter.YAML, fields: []field{
		{key: "title"}, {key: "date", values: []string{"2026-11-20"}}, {key: "description"}, {key: "tags", value: "[]"},
	}},
}

// conventionsFor returns the conventions for a post: those of the others or, for a draft, of the other drafts.
func conventionsFor(l *content.Library, o Options) conventions {
	c, learned := learn(l, false)
	drafts, any := learn(l, true)
	switch at := strings.LastIndex("/"+c.dir+"/", "/_posts/"); {
	case any && !learned && (o.Draft || !drafts.holdsDrafts()):
		c = drafts
	case any && !learned:
		c.template = drafts.template
	case any && o.Draft && drafts.holdsDrafts():
		c.dir, c.naming = drafts.dir, drafts.naming
	case o.Draft && !any && at >= 0: // as Jekyll and Hexo do
		c.dir = path.Join(c.dir[:at], "_drafts")
		c.naming.day = noDay
	}
	c.naming.bundle = c.naming.bundle || o.Bundle
	return c
}

// learn learns conventions from the newest posts, or from the newest drafts. Without any, they are standard and not learned.
func learn(l *content.Library, drafts bool) (c conventions, learned bool) {
	posts := examples(l, drafts)
	if len(posts) == 0 {
		c = standard
		if c.dir = l.Root(); discover.IsPagesDir(path.Base(c.dir)) {
			c.dir = path.Dir(c.dir)
		}
		return c, false
	}
	var dirs []string
	var namings []naming
	var templates []template
	for _, p := range posts {
		n, dir := namingOf(p)
		dirs, namings, templates = append(dirs, dir), append(namings, n), append(templates, newTemplate(p.Text()))
	}
	c = conventions{mostCommon(dirs), mostCommon(namings), commonTemplate(templates)}
	if f := c.template.form; f == frontmatter.Script || f == frontmatter.Links || f == frontmatter.None && !c.template.heading {
		c.template = standard.template
	}
	c.template.spacedTags = l.Jekyll()
	return c, true
}

// examples returns the newest posts to learn from: with a date if any has one, in the blog's own language if any is, and
// without errors.
func examples(l *content.Library, drafts bool) []*content.Post {
	all := slices.DeleteFunc(slices.Clone(l.All().Posts()), func(p *content.Post) bool { return p.Draft != drafts || p.Broken() })
	for _, better := range []func(*content.Post) bool{
		func(p *content.Post) bool { return p.Day != "" },
		func(p *content.Post) bool { return p.Lang == "" || p.Lang == l.Settings().Language },
	} {
		if slices.ContainsFunc(all, better) {
			all = slices.DeleteFunc(all, func(p *content.Post) bool { return !better(p) })
		}
	}
	if len(all) == 1 && all[0].Day == "" && !drafts {
		return nil // it may as well be a page
	}
	return all[:min(len(all), maxExamples)]
}

// namingOf takes a post's path apart.
func namingOf(p *content.Post) (n naming, dir string) {
	file := p.File()
	dir, base := path.Split(file.Path)
	n.ext = path.Ext(base)
	stem := strings.TrimSuffix(base, n.ext)
	if dot := strings.LastIndexByte(stem, '.'); dot > 0 && file.Lang != "" && language.Tag(stem[dot+1:]) == file.Lang {
		stem, n.lang = stem[:dot], stem[dot:]
	}
	dir = path.Clean(dir)
	if stem == "index" && dir != "." {
		n.bundle = true
		dir, stem = path.Dir(dir), path.Base(dir)
	}
	written, rest, front := date.CutYMD(stem)
	switch {
	case front && rest != "":
		n.sep = cmp.Or(rest[:len(rest)-len(strings.TrimLeft(rest, "-_ "))], "-")
	case file.Day != "" && strings.HasSuffix(stem, file.Day) && written == "":
		n.day = dayLast
		rest = strings.TrimSuffix(stem, file.Day)
		n.sep = rest[len(strings.TrimRight(rest, "-_ ")):]
	default:
		n.day = noDay
	}
	return n, datedDir(dir, p.Day)
}

// datedDir puts what stands for a date's parts where a directory's names are those of a post's day.
func datedDir(dir, on string) string {
	y, rest, ok := strings.Cut(on, "-")
	if !ok {
		return dir
	}
	m, d, _ := strings.Cut(rest, "-")
	parts := strings.Split(dir, "/")
	after := 0 // the parts that have been found
	for i, part := range parts {
		switch {
		case part == y:
			parts[i], after = yearMark, 1
		case part == y+"-"+m:
			parts[i], after = yearMark+"-"+monthMark, 2
		case after == 1 && part == m:
			parts[i], after = monthMark, 2
		case after == 2 && part == d:
			parts[i] = dayMark
		}
	}
	return strings.Join(parts, "/")
}

// holdsDrafts reports whether the posts lie where all are drafts.
func (c conventions) holdsDrafts() bool {
	return slices.ContainsFunc(strings.Split(c.dir, "/"), discover.IsDraftDir)
}

// path returns the path of a post of a slug and a day.
func (c conventions) path(slug string, on time.Time) string {
	name := slug
	switch day := on.Format(time.DateOnly); c.naming.day {
	case dayFirst:
		name = day + c.naming.sep + slug
	case dayLast:
		name = slug + c.naming.sep + day
	}
	if c.naming.bundle {
		name += "/index"
	}
	dir := strings.NewReplacer(yearMark, on.Format("2006"), monthMark, on.Format("01"), dayMark, on.Format("02")).Replace(c.dir)
	return path.Join(dir, name+c.naming.lang+c.naming.ext)
}

// mostCommon returns what is there most often and, of several, what is there first.
func mostCommon[T comparable](all []T) T {
	count := map[T]int{}
	for _, x := range all {
		count[x]++
	}
	var best T
	for _, x := range all {
		if count[x] > count[best] {
			best = x
		}
	}
	return best
}
