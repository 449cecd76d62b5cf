package content

import (
	"time"

	"postern/content/discover"
	"postern/content/problem"
)

// A Report is all that a library knows, for scripts: its JSON form is a promise. A name that stands in it keeps its
// meaning; new ones may be added. No list in it is null.
type Report struct {
	Posts    []ReportedPost     `json:"posts"`    // drafts, pages and future ones too, newest first
	LeftOut  []discover.LeftOut `json:"left_out"` // sorted by path
	Problems []problem.Problem  `json:"problems"` // sorted by file and line
}

// A ReportedPost is a post in a [Report].
type ReportedPost struct {
	Path     string   `json:"path"` // relative to the directory that was loaded
	Kind     string   `json:"kind"` // "post" or "page"
	Title    string   `json:"title"`
	Date     string   `json:"date"` // the day as written, YYYY-MM-DD; empty for none
	Time     string   `json:"time"` // the instant, RFC 3339; empty for none
	Slug     string   `json:"slug"`
	Aliases  []string `json:"aliases"`
	Draft    bool     `json:"draft"`
	Unlisted bool     `json:"unlisted"`
	Tags     []string `json:"tags"`
	Series   string   `json:"series"`
	Lang     string   `json:"lang"` // empty for the blog's own
	Authors  []string `json:"authors"`
	Summary  string   `json:"summary"`
	Words    int      `json:"words"`
}

// Report returns all that the library knows.
func (l *Library) Report() Report {
	r := Report{Posts: make([]ReportedPost, 0, len(l.posts)), LeftOut: nonNil(l.LeftOut()), Problems: nonNil(l.Problems())}
	for _, p := range l.posts {
		q := ReportedPost{Path: p.Path, Kind: "post", Title: p.Title, Date: p.Day, Slug: p.Slug, Aliases: nonNil(p.Aliases),
			Draft: p.Draft, Unlisted: p.Unlisted, Tags: nonNil(p.Tags), Series: p.Series, Lang: p.Lang, Authors: nonNil(p.Authors),
			Summary: p.Summary, Words: p.Words}
		if p.Page {
			q.Kind = "page"
		}
		if !p.Time.IsZero() {
			q.Time = p.Time.Format(time.RFC3339)
		}
		r.Posts = append(r.Posts, q)
	}
	return r
}

// nonNil returns a list that is not nil, which JSON would write as null.
func nonNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
