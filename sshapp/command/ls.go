package command

import (
	"cmp"
	"errors"
	"iter"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"postern/content"
	"postern/content/problem"
	"postern/sshapp/blog"
)

// defineLs defines ls, which lists the posts that the screens list, each in one language; with --lang, all posts in a
// language.
func defineLs(flags *pflag.FlagSet) runFunc {
	var f postFilter
	flags.StringVar(&f.tag, "tag", "", "those with the tag `T`")
	flags.StringVar(&f.lang, "lang", "", "those in the language `L`; pt stands for pt-br too")
	flags.StringVar(&f.series, "series", "", "those of the series `S`")
	flags.StringVar(&f.since, "since", "", "those of `DATE` and later: 2026, 2026-11 or 2026-11-22")
	flags.IntVarP(&f.n, "n", "n", 0, "the newest `N`; 0 for all")
	asJSON := flags.Bool("json", false, "one JSON object, with all that is known of each post")
	return func(c *Call, _ []string) error {
		if err := errors.Join(checkCount(f.n), checkDate(f.since)); err != nil {
			return err
		}
		edition := c.Blog.Edition()
		if *asJSON {
			return printJSON(c, "posts", func(yield func(postJSON) bool) {
				f.posts(edition)(func(p *content.Post) bool { return yield(c.postJSON(edition, p)) })
			})
		}
		return c.printPosts(edition, f.posts(edition))
	}
}

// A postFilter says which posts are listed. The zero filter lists all.
type postFilter struct {
	tag, lang, series, since string
	n                        int // how many at most; 0 for all
}

func (f postFilter) posts(edition *content.Edition) iter.Seq[*content.Post] {
	posts := blog.Listing{Edition: edition}.Posts()
	if f.lang != "" {
		posts = edition.Posts()
	}
	var tagged map[*content.Post]bool
	if f.tag != "" {
		tagged = map[*content.Post]bool{}
		for _, p := range edition.Tagged(f.tag) {
			tagged[p] = true
		}
	}
	own, lang := edition.Settings().Language, strings.ToLower(f.lang)
	matches := func(p *content.Post) bool {
		return (f.tag == "" || tagged[p]) &&
			(lang == "" || strings.HasPrefix(cmp.Or(p.Lang, own)+"-", lang+"-")) &&
			(f.series == "" || strings.EqualFold(p.Series, f.series)) &&
			p.Day >= f.since
	}
	return func(yield func(*content.Post) bool) {
		n := 0
		for _, p := range posts {
			if !matches(p) {
				continue
			}
			if n++; !yield(p) || n == f.n {
				return
			}
		}
	}
}

// checkDate returns a usage error if the value of --since is not a date, a month or a year; it may be empty.
func checkDate(s string) error {
	for _, layout := range []string{"", "2006", "2006-01", time.DateOnly} {
		if _, err := time.Parse(layout, s); err == nil {
			return nil
		}
	}
	return usagef("--since %s is not a date; write it as 2026-11-22", problem.Quote(s))
}

// A postJSON is a post in the output of --json. Scripts depend on its names, so their meaning never changes; new ones may be
// added.
type postJSON struct {
	Slug    string   `json:"slug"` // its address
	Title   string   `json:"title"`
	Date    string   `json:"date"`    // as written, YYYY-MM-DD; may be empty
	Time    string   `json:"time"`    // RFC 3339; may be empty
	Updated string   `json:"updated"` // as Date
	Lang    string   `json:"lang"`
	Series  string   `json:"series"`
	Tags    []string `json:"tags"`
	Authors []string `json:"authors"`
	Summary string   `json:"summary"`
	Words   int      `json:"words"`
	Link    string   `json:"link"` // ssh://SLUG@HOST
}

func (c *Call) postJSON(edition *content.Edition, p *content.Post) postJSON {
	at := ""
	if !p.Time.IsZero() {
		at = p.Time.Format(time.RFC3339)
	}
	address := edition.Address(p)
	return postJSON{
		Slug: address, Title: p.Title, Date: p.Day, Time: at, Updated: p.UpdatedDay,
		Lang: cmp.Or(p.Lang, edition.Settings().Language), Series: p.Series,
		Tags: append([]string{}, p.Tags...), Authors: append([]string{}, p.Authors...),
		Summary: p.Summary, Words: p.Words, Link: c.Host.Link(address),
	}
}
