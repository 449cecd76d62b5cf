package command

import (
	"context"
	"errors"
	"hash/maphash"
	"slices"
	"time"

	"github.com/spf13/pflag"

	"postern/content"
)

// errLeaving ends a call that waits when the server stops or is replaced.
var errLeaving = errors.New("the blog is restarting; wait again")

// defineWait defines wait, which prints the line of ls for each post when it is published, until the client hangs up. A post
// that was withdrawn and comes back, at another address or not, is not printed again. Between two posts a call holds only
// the edition that it saw last, which nearly always is the current one, and the posts that have left the list since it
// began.
func defineWait(flags *pflag.FlagSet) runFunc {
	tag := flags.String("tag", "", "for posts with the tag `T`")
	n := flags.IntP("n", "n", 0, "for `N` posts; 0 for ever")
	return func(c *Call, _ []string) error {
		if err := checkCount(*n); err != nil {
			return err
		}
		count := 0
		var gone departed
		for last := c.Blog.Edition(); ; {
			changed := c.blogChanged()
			now := c.Blog.Edition()
			for _, p := range last.News(now) { // what last has, and now has not
				gone.add(last, p)
			}
			for _, p := range now.News(last) {
				if gone.has(now, p) {
					continue
				}
				if *tag != "" && !slices.Contains(now.Tagged(*tag), p) {
					continue
				}
				if err := c.printPosts(now, slices.Values([]*content.Post{p})); err != nil {
					return err
				}
				if count++; count == *n {
					return nil
				}
			}
			last = now
			if err := c.out.Flush(); err != nil {
				return err
			}
			if err := c.await(changed, now.Until()); err != nil {
				return err
			}
		}
	}
}

// departed are the posts that have left the list, as hashes: of its address, and of its title and day, since a post whose
// file is renamed may get another address.
type departed map[uint64]bool

// maxDeparted bounds the hashes, at some 40 bytes each. Posts that leave after that are printed when they come back.
const maxDeparted = 10_000

func (d *departed) add(e *content.Edition, p *content.Post) {
	if *d == nil {
		*d = departed{}
	}
	for _, key := range hashes(e, p) {
		if len(*d) < maxDeparted {
			(*d)[key] = true
		}
	}
}

func (d departed) has(e *content.Edition, p *content.Post) bool {
	if len(d) == 0 {
		return false
	}
	h := hashes(e, p)
	return d[h[0]] || d[h[1]]
}

// hashes returns the hashes by which a departed post is known.
func hashes(e *content.Edition, p *content.Post) [2]uint64 {
	return [2]uint64{maphash.String(hashSeed, e.Address(p)), maphash.String(hashSeed, p.Day+"\n"+p.Title)}
}

var hashSeed = maphash.MakeSeed()

// blogChanged returns the channel that is closed at the next change. Take it before the edition, or a change is missed.
func (c *Call) blogChanged() <-chan struct{} {
	if c.Blog.Changed == nil {
		return nil
	}
	return c.Blog.Changed()
}

// await returns when something may have been published: at a change, at the time until, or after an hour, since the clock
// may be set meanwhile.
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
