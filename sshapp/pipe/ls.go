package pipe

import (
	"errors"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"postern/content"
)

// ls lists the posts that the list on the screen has, each in one language; with --lang, all of that language.
func ls(flags *pflag.FlagSet) answer {
	tag := flags.String("tag", "", "those with the tag `T`")
	lang := flags.String("lang", "", "those in the language `L`; pt stands for pt-br too")
	series := flags.String("series", "", "those of the series `S`")
	since := flags.String("since", "", "those of `DATE` and later: 2026, 2026-11 or 2026-11-22")
	n := flags.IntP("n", "n", 0, "at most `N`")
	asJSON := flags.Bool("json", false, "one JSON object, with all that is known of each post")
	return func(c *Call, _ []string) error {
		if err := errors.Join(checkCount(*n), checkDate(*since)); err != nil {
			return err
		}
		now := c.Edition()
		posts := now.In("")
		if *lang != "" {
			posts = now.Posts()
		}
		listed := func(yield func(*content.Post) bool) {
			left := *n
			for _, p := range posts {
				if !within(now, p, *tag, *lang, *series, *since) {
					continue
				}
				if !yield(p) {
					return
				}
				if left--; left == 0 {
					return
				}
			}
		}
		return c.list(now, listed, *asJSON)
	}
}

// within reports whether a post is one of those that the flags of ls ask for; an empty one asks for all.
func within(now *content.Edition, p *content.Post, tag, lang, series, since string) bool {
	return (tag == "" || slices.Contains(now.Tagged(tag), p)) &&
		(lang == "" || strings.HasPrefix(strings.ToLower(p.Lang), lang)) &&
		(series == "" || strings.EqualFold(p.Series, series)) &&
		(since == "" || p.Day >= since)
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

func (c *Call) list(now *content.Edition, posts iter.Seq[*content.Post], asJSON bool) error {
	return c.table(func(yield func([]string) bool) {
		for p := range posts {
			if !yield([]string{p.Day, now.Address(p), p.Title}) {
				return
			}
		}
	})
}
