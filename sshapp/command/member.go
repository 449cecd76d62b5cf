package command

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/spf13/pflag"

	"postern/content"
	"postern/sshapp/blog"
	"postern/sshapp/state"
)

// The commands of readers who are remembered.

// record returns what is kept of the reader.
func (c *Call) record() (state.Record, error) {
	r, agreed := c.Memory.Record()
	if !agreed {
		return r, errorf("nothing is kept of you; to be remembered, type: %s", c.Host.Command(content.MemberName))
	}
	return r, nil
}

// defineForget defines forget, which erases what is kept of the reader before it answers.
func defineForget(*pflag.FlagSet) runFunc {
	return func(c *Call, _ []string) error {
		if err := c.pause(func() error { return c.Memory.Forget(c.Context) }); err != nil {
			return fmt.Errorf("it could not be erased now, so try again: %w", err)
		}
		_, err := fmt.Fprintln(c.out, "Nothing is kept of you any more.")
		return err
	}
}

// An exportJSON is the output of export. Its names keep their meaning, as those of [postJSON] do. Times are RFC 3339, and empty
// for never.
type exportJSON struct {
	Seen      string         `json:"seen"`     // the last session of any kind
	Here      string         `json:"here"`     // the last visit on which posts were read
	Before    string         `json:"before"`   // the one before that
	Theme     string         `json:"theme"`    // empty for the blog's own
	Width     int            `json:"width"`    // in columns; 0 for the default
	Pictures  string         `json:"pictures"` // "show" or "caption"; empty for what the blog says
	Order     string         `json:"order"`    // of right-to-left text, "reorder" or "leave"; empty for what the blog says
	Posts     []placeJSON    `json:"posts"`
	Bookmarks []bookmarkJSON `json:"bookmarks"`
}

type placeJSON struct {
	Slug    string `json:"slug"`
	Place   string `json:"place"`   // empty for the beginning
	Percent int    `json:"percent"` // the most that was read
	At      string `json:"at"`
}

type bookmarkJSON struct {
	Slug  string `json:"slug"`
	Place string `json:"place"`
	Text  string `json:"text"`
	At    string `json:"at"`
}

// defineExport defines export, which prints all that is kept of the reader.
func defineExport(*pflag.FlagSet) runFunc {
	return func(c *Call, _ []string) error {
		r, err := c.record()
		if err != nil {
			return err
		}
		all := exportJSON{
			Seen: timeJSON(r.Seen), Here: timeJSON(r.Here), Before: timeJSON(r.Before), Theme: r.Settings.Theme, Width: r.Settings.Width, Pictures: r.Settings.Pictures.String(), Order: r.Settings.Order.String(),
			Posts: []placeJSON{}, Bookmarks: []bookmarkJSON{},
		}
		for _, address := range slices.SortedFunc(maps.Keys(r.Posts), func(a, b string) int {
			return cmp.Or(r.Posts[a].At.Compare(r.Posts[b].At), cmp.Compare(a, b))
		}) {
			p := r.Posts[address]
			all.Posts = append(all.Posts, placeJSON{address, p.Mark, p.Percent, timeJSON(p.At)})
		}
		for _, b := range r.Bookmarks {
			all.Bookmarks = append(all.Bookmarks, bookmarkJSON{b.Post, b.Mark, b.Text, timeJSON(b.At)})
		}
		encoder := json.NewEncoder(c.out)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		return encoder.Encode(all)
	}
}

func timeJSON(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// defineBookmarks defines bookmarks, which lists the reader's bookmarks, the newest first: the post's address, the day, the text.
func defineBookmarks(*pflag.FlagSet) runFunc {
	return func(c *Call, _ []string) error {
		r, err := c.record()
		if err != nil {
			return err
		}
		s := c.styler(false)
		err = c.printRows(func(yield func([]string) bool) {
			for _, b := range slices.Backward(r.Bookmarks) {
				if !yield([]string{b.Post, s.faint(b.At.UTC().Format(time.DateOnly)), b.Text}) {
					return
				}
			}
		})
		return c.orNone(err, c.words().Say("There are none yet. In a post, B keeps one of the text at the top of the screen."))
	}
}

// defineNew defines new, which lists the posts that were published since the reader was last here and that they haven't opened.
func defineNew(*pflag.FlagSet) runFunc {
	return func(c *Call, _ []string) error {
		r, err := c.record()
		if err != nil {
			return err
		}
		edition := c.Blog.Edition()
		err = c.printPosts(edition, blog.Listing{Edition: edition, Memory: c.Memory}.NewSince(r.Here))
		return c.orNone(err, c.words().Say("Nothing is new since you were last here."))
	}
}
