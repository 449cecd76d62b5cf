package reads

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"postern/sshapp/state"
)

// page is how many counts are read from the database at once.
const page = 1000

// Counts calls do with each count of a day and later, in the order of keys, and with what was read until now. It ends with an
// error of do or of the database. While do runs, nothing waits for it.
func (c *Counter) Counts(ctx context.Context, since string, do func(state.Count) error) error {
	if err := c.save(ctx); err != nil {
		return fmt.Errorf("the last reads can't be saved now, and would be missing: %w", err)
	}
	for behind := (state.Key{Day: since}); ; {
		var some []state.Count
		err := c.database.Use(ctx, func(ctx context.Context, s state.Store) (err error) {
			some, err = s.Counts(ctx, behind, page)
			return err
		})
		if err != nil {
			return err
		}
		for _, n := range some {
			if err := do(n); err != nil {
				return err
			}
		}
		if len(some) < page {
			return nil
		}
		behind = some[page-1].Key
	}
}

// Week is how many days a week's reads are of: today, and the six before.
const Week = 7

// A Summary says how often posts were read.
type Summary struct {
	Since string // the first day that is counted; empty for ever
	Posts []Sum  // those that were read most this week first; equal ones by all their reads, and then by address
	All   Sum    // of all posts together
}

// A Sum is the reads of a post.
type Sum struct {
	Post  string // its address; empty for what has many posts
	Week  int
	All   int // since the summary's first day
	Ways  map[state.Way]int
	Daily []int // the last days, the last of which is today
}

// Summarize sums up what was read on a day and later, with the reads of each of the last days.
func (c *Counter) Summarize(ctx context.Context, since string, days int) (Summary, error) {
	s := Summary{Since: since, All: newSum("", days)}
	posts := map[string]*Sum{}
	sumOf := func(post string) *Sum {
		if posts[post] == nil {
			sum := newSum(post, days)
			posts[post] = &sum
		}
		return posts[post]
	}
	today, _ := time.Parse(time.DateOnly, state.Day(time.Now()))
	recent := today.AddDate(0, 0, 1-max(days, Week)).Format(time.DateOnly)
	err := c.Counts(ctx, max(since, recent), func(n state.Count) error {
		date, err := time.Parse(time.DateOnly, n.Day)
		if err != nil {
			return nil // no day of ours
		}
		ago := int(today.Sub(date) / (24 * time.Hour))
		sumOf(n.Post).addDay(n, ago)
		s.All.addDay(n, ago)
		return nil
	})
	if err != nil {
		return s, err
	}
	var sums []state.Count
	err = c.database.Use(ctx, func(ctx context.Context, s state.Store) (err error) {
		sums, err = s.Sums(ctx, since)
		return err
	})
	for _, n := range sums {
		sumOf(n.Post).addAll(n)
		s.All.addAll(n)
	}
	for _, post := range posts {
		s.Posts = append(s.Posts, *post)
	}
	slices.SortFunc(s.Posts, func(a, b Sum) int {
		return cmp.Or(cmp.Compare(b.Week, a.Week), cmp.Compare(b.All, a.All), cmp.Compare(a.Post, b.Post))
	})
	return s, err
}

func newSum(post string, days int) Sum {
	return Sum{Post: post, Ways: map[state.Way]int{}, Daily: make([]int, days)}
}

// addDay adds the reads of a day that is some days ago to those of its week and its day.
func (s *Sum) addDay(n state.Count, ago int) {
	if ago >= 0 && ago < Week {
		s.Week += n.Reads
	}
	if i := len(s.Daily) - 1 - ago; i >= 0 && i < len(s.Daily) {
		s.Daily[i] += n.Reads
	}
}

// addAll adds the reads of all days.
func (s *Sum) addAll(n state.Count) {
	s.All += n.Reads
	s.Ways[n.Way] += n.Reads
}

// String says how often all posts were read, and in which ways.
func (s Summary) String() string {
	parts := []string{fmt.Sprintf("%d this week, %d ever", s.All.Week, s.All.All)}
	for _, way := range state.Ways() {
		if n := s.All.Ways[way]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", way, n))
		}
	}
	return strings.Join(parts, " · ")
}

// Name returns what a post is called in lists: its address, or what has many posts.
func Name(post string) string {
	if post == "" {
		return "(feeds and archives)"
	}
	return post
}
