package pipe

import (
	"cmp"
	"errors"
	"iter"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"postern/content"
	"postern/sshapp/blog"
)

// ls lists the posts of the list on the screen, each in one language; with --lang, all of a language.
func ls(flags *pflag.FlagSet) answer {
	var w wanted
	flags.StringVar(&w.tag, "tag", "", "those with the tag `T`")
	flags.StringVar(&w.lang, "lang", "", "those in the language `L`; pt stands for pt-br too")
	flags.StringVar(&w.series, "series", "", "those of the series `S`")
	flags.StringVar(&w.since, "since", "", "those of `DATE` and later: 2026, 2026-11 or 2026-11-22")
	flags.IntVarP(&w.n, "n", "n", 0, "the newest `N`; 0 for all")
	asJSON := flags.Bool("json", false, "one JSON object, with all that is known of each post")
	return func(c *Call, _ []string) error {
		if err := errors.Join(checkCount(w.n), checkDate(w.since)); err != nil {
			return err
		}
		now := c.Blog.Edition()
		if *asJSON {
			return object(c, "posts", func(yield func(postJSON) bool) {
				w.posts(now)(func(p *content.Post) bool { return yield(c.postJSON(now, p)) })
			})
		}
		return c.list(now, w.posts(now))
	}
}

// list prints a line for each post: its date, its address, its title.
func (c *Call) list(now *content.Edition, posts iter.Seq[*content.Post]) error {
	look := c.pen(false)
	return c.table(func(yield func([]string) bool) {
		for p := range posts {
			if !yield([]string{look.faint(p.Day), now.Address(p), p.Title}) {
				return
			}
		}
	})
}

// A wanted says which posts are asked for. What is empty asks for all.
type wanted struct {
	tag, lang, series, since string
	n                        int
}

func (w wanted) posts(now *content.Edition) iter.Seq[*content.Post] {
	posts := blog.Listing{Edition: now}.Posts()
	if w.lang != "" {
		posts = now.Posts()
	}
	var tagged map[*content.Post]bool
	if w.tag != "" {
		tagged = map[*content.Post]bool{}
		for _, p := range now.Tagged(w.tag) {
			tagged[p] = true
		}
	}
	own, lang := now.Settings().Language, strings.ToLower(w.lang)
	fits := func(p *content.Post) bool {
		return (w.tag == "" || tagged[p]) &&
			(lang == "" || strings.HasPrefix(cmp.Or(p.Lang, own)+"-", lang+"-")) &&
			(w.series == "" || strings.EqualFold(p.Series, w.series)) &&
			p.Day >= w.since
	}
	return func(yield func(*content.Post) bool) {
		n := 0
		for _, p := range posts {
			if !fits(p) {
				continue
			}
			if n++; !yield(p) || n == w.n {
				return
			}
		}
	}
}

func checkCount(n int) error {
	if n < 0 {
		return usagef("-n %d is less than none", n)
	}
	return nil
}

func checkDate(s string) error {
	for _, layout := range []string{"", "2006", "2006-01", time.DateOnly} {
		if _, err := time.Parse(layout, s); err == nil {
			return nil
		}
	}
	return usagef("--since %s is no date; write it as 2026-11-22", quoted(s))
}

// A postJSON is a post in the objects of --json. Its names are a promise: they keep their meaning, and new ones may be added.
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

func (c *Call) postJSON(now *content.Edition, p *content.Post) postJSON {
	at := ""
	if !p.Time.IsZero() {
		at = p.Time.Format(time.RFC3339)
	}
	address := now.Address(p)
	return postJSON{
		Slug: address, Title: p.Title, Date: p.Day, Time: at, Updated: p.UpdatedDay,
		Lang: cmp.Or(p.Lang, now.Settings().Language), Series: p.Series,
		Tags: append([]string{}, p.Tags...), Authors: append([]string{}, p.Authors...),
		Summary: p.Summary, Words: p.Words, Link: c.Host.Link(address),
	}
}
