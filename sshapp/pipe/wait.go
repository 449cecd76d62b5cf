package pipe

import (
	"context"
	"errors"
	"hash/maphash"
	"slices"
	"time"

	"github.com/spf13/pflag"

	"postern/content"
)

// errLeaving ends a call that waits on a server that stops, or has a successor.
var errLeaving = errors.New("the blog is restarting; wait again")

// wait prints a line as ls has it for each post, when it is published, until the client hangs up. What was published before
// is no news when it comes back, be it at another address. Between two posts it holds no more than the edition that it has
// seen last, which is nearly always the one that all have, and what has gone since it began.
func wait(flags *pflag.FlagSet) answer {
	tag := flags.String("tag", "", "for posts with the tag `T`")
	n := flags.IntP("n", "n", 0, "for `N` posts; 0 for ever")
	return func(c *Call, _ []string) error {
		if err := checkCount(*n); err != nil {
			return err
		}
		told := 0
		var gone departed
		for seen := c.Blog.Edition(); ; {
			changed := c.changed()
			now := c.Blog.Edition()
			for _, p := range seen.News(now) { // what it had, and now has not
				gone.add(seen, p)
			}
			for _, p := range now.News(seen) {
				if gone.has(now, p) {
					continue
				}
				if *tag != "" && !slices.Contains(now.Tagged(*tag), p) {
					continue
				}
				if err := c.list(now, slices.Values([]*content.Post{p})); err != nil {
					return err
				}
				if told++; told == *n {
					return nil
				}
			}
			seen = now
			if err := c.out.Flush(); err != nil {
				return err
			}
			if err := c.await(changed, now.Until()); err != nil {
				return err
			}
		}
	}
}

// departed are the posts that have left the list: each by its address, and by its title and day, since a file that is
// renamed may change its address.
type departed map[uint64]bool

// maxDeparted bounds them, at some 40 bytes each. What leaves after that is news when it comes back.
const maxDeparted = 10_000

func (d *departed) add(e *content.Edition, p *content.Post) {
	if *d == nil {
		*d = departed{}
	}
	for _, key := range traces(e, p) {
		if len(*d) < maxDeparted {
			(*d)[key] = true
		}
	}
}

func (d departed) has(e *content.Edition, p *content.Post) bool {
	if len(d) == 0 {
		return false
	}
	t := traces(e, p)
	return d[t[0]] || d[t[1]]
}

// traces returns what a post is known by.
func traces(e *content.Edition, p *content.Post) [2]uint64 {
	return [2]uint64{maphash.String(tracing, e.Address(p)), maphash.String(tracing, p.Day+"\n"+p.Title)}
}

var tracing = maphash.MakeSeed()

// changed is closed when there is another library; it is taken before the edition that is looked at.
func (c *Call) changed() <-chan struct{} {
	if c.Blog.Changed == nil {
		return nil
	}
	return c.Blog.Changed()
}

// await returns when something may have been published. A clock may be set, so it looks at it once in a while.
func (c *Call) await(changed <-chan struct{}, until time.Time) error {
	const longest = time.Hour
	c.Turn.Unlock()
	defer c.Turn.Lock()
	timer := time.NewTimer(longest)
	defer timer.Stop()
	if !until.IsZero() {
		timer.Reset(min(longest, time.Until(until)))
	}
	select {
	case <-c.Context.Done():
		return context.Cause(c.Context)
	case <-c.Leaving:
		return errLeaving
	case <-changed:
	case <-timer.C:
	}
	return nil
}
