package content

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"time"

	"postern/content/date"
	"postern/content/discover"
	"postern/content/frontmatter"
	"postern/content/language"
)

// A manner is how the posts of a blog are named and begun, as far as they agree: a new one goes where the newest lie, and
// says what they say in the way they say it.
type manner struct {
	dir    string // of the posts, the parts that are a date's as year, month and day stand in for them
	naming naming
	head   frontHead
}

// A naming is how a file's name is made of a title and a day.
type naming struct {
	bundle bool   // NAME/index.md
	day    dayIn  // where the day stands in the name
	sep    string // between the day and the title
	lang   string // a suffix of the name, with its dot
	ext    string
}

type dayIn int

const (
	dayFirst dayIn = iota
	dayLast
	dayless
)

// What stands for the parts of a date in a manner's directory. No path that is read holds them.
const yearMark, monthMark, dayMark = "\x01", "\x02", "\x03"

// maxExamples is how many of the newest posts a manner is learned from: it follows a blog that has changed its own.
const maxExamples = 10

// readme is the manner of a blog without posts, which README shows.
var readme = manner{
	dir:    ".",
	naming: naming{sep: "-", ext: ".md"},
	head: frontHead{form: frontmatter.YAML, pairs: []headPair{
		{key: "title"}, {key: "date", raws: []string{"2026-11-20"}}, {key: "description"}, {key: "tags", raw: "[]"},
	}},
}

// manner learns from the newest posts, or from the newest drafts.
func (l *Library) manner(drafts bool) (m manner, learned bool) {
	posts := l.examples(drafts)
	if len(posts) == 0 {
		m = readme
		if m.dir = l.site.Root; discover.IsPagesDir(path.Base(m.dir)) {
			m.dir = path.Dir(m.dir)
		}
		return m, false
	}
	var dirs []string
	var namings []naming
	var heads []frontHead
	for _, p := range posts {
		n, dir := namingOf(p)
		dirs, namings = append(dirs, dir), append(namings, n)
		heads = append(heads, headOf((&source{}).text([]byte(p.Raw()))))
	}
	m = manner{usual(dirs), usual(namings), commonHead(heads)}
	if f := m.head.form; f == frontmatter.Script || f == frontmatter.Links || f == frontmatter.None && !m.head.titled {
		m.head = readme.head
	}
	m.head.blanks = l.dialect.jekyll
	return m, true
}

// examples returns the newest posts to learn from: with a date if any has one, in the blog's own language if any is, and
// whole.
func (l *Library) examples(drafts bool) []*Post {
	all := slices.DeleteFunc(slices.Clone(l.posts), func(p *Post) bool { return p.Page || p.Draft != drafts || p.source.broken() })
	for _, better := range []func(*Post) bool{
		func(p *Post) bool { return p.Day != "" },
		func(p *Post) bool { return l.language(p) == "" },
	} {
		if slices.ContainsFunc(all, better) {
			all = slices.DeleteFunc(all, func(p *Post) bool { return !better(p) })
		}
	}
	if len(all) == 1 && all[0].Day == "" && !drafts {
		return nil // it may as well be a page
	}
	return all[:min(len(all), maxExamples)]
}

// namingOf takes a post's path apart.
func namingOf(p *Post) (n naming, dir string) {
	file := p.source.file
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
		n.day = dayless
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

// apart reports whether the posts lie where all are drafts.
func (m manner) apart() bool {
	return slices.ContainsFunc(strings.Split(m.dir, "/"), discover.IsDraftDir)
}

// path returns the path of a post of a slug and a day.
func (m manner) path(slug string, on time.Time) string {
	name := slug
	switch written := on.Format(time.DateOnly); m.naming.day {
	case dayFirst:
		name = written + m.naming.sep + slug
	case dayLast:
		name = slug + m.naming.sep + written
	}
	if m.naming.bundle {
		name += "/index"
	}
	dir := strings.NewReplacer(yearMark, on.Format("2006"), monthMark, on.Format("01"), dayMark, on.Format("02")).Replace(m.dir)
	return path.Join(dir, name+m.naming.lang+m.naming.ext)
}

// usual returns what is said most often and, of several, what is said first.
func usual[T comparable](all []T) T {
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
