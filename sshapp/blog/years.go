package blog

import (
	"slices"

	"postern/content"
)

// A YearRange is the posts of a list that are of one year.
type YearRange struct {
	Name         string
	First, Count int // the index of its first post, and how many it has
}

// YearOf returns the year of a post; empty for a post without a date. A post whose date is not valid stands in the list at the last
// moment that it may mean.
func YearOf(p *content.Post) string {
	if p.Day == "" && !p.Time.IsZero() {
		return p.Time.Format("2006")
	}
	return p.Day[:min(len("2006"), len(p.Day))]
}

// Years returns the years of the posts, in their order; nil for posts in another order than that of their dates.
func (f Filtered) Years() []YearRange {
	if len(f.Hits) > 0 {
		return nil
	}
	var all []YearRange
	for i, p := range f.Posts {
		name := YearOf(p)
		if name == "" {
			continue
		}
		if n := len(all); n > 0 && all[n-1].Name == name {
			all[n-1].Count++
		} else {
			all = append(all, YearRange{name, i, 1})
		}
	}
	return all
}

// YearAt returns the index of the last year that begins at or above post i, or -1.
func YearAt(all []YearRange, i int) int {
	n, _ := slices.BinarySearchFunc(all, i+1, func(y YearRange, i int) int { return y.First - i })
	return n - 1
}
