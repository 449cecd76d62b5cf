package command

import (
	"context"
	"hash/maphash"
	"slices"
	"time"

	"github.com/spf13/pflag"

	"postern/content"
)

// errRestarting ends a waiting call when the server stops or is replaced.
var errRestarting = errorf("the server is stopping; wait again")

// defineWait defines wait, which prints the line of ls for each post when it is published, until the client hangs up. A post
// that was removed and comes back, at another address or not, is not printed again. While it waits, a call keeps the edition
// of its last look at the blog, which nearly always is the current one, and the hashes of the posts that were removed since it
// began.
func defineWait(flags *pflag.FlagSet) runFunc {
	tag := flags.String("tag", "", "for posts with the tag `T`")
	n := flags.IntP("n", "n", 0, "for `N` posts; 0 for ever")
	return func(c *Call, _ []string) error {
		if err := checkCount(*n); err != nil {
			return err
		}
		count := 0
		var removed removedPosts
		for last := c.Blog.Edition(); ; {
			changed := c.changed()
			edition := c.Blog.Edition()
			for _, p := range last.News(edition) { // those that were removed
				removed.add(last, p)
			}
			for _, p := range edition.News(last) {
				if removed.has(edition, p) {
					continue
				}
				if *tag != "" && !slices.Contains(edition.Tagged(*tag), p) {
					continue
				}
				if err := c.printPosts(edition, slices.Values([]*content.Post{p})); err != nil {
					return err
				}
				if count++; count == *n {
					return nil
				}
			}
			last = edition
			if err := c.out.Flush(); err != nil {
				return err
			}
			if err := c.await(changed, edition.Until()); err != nil {
				return err
			}
		}
	}
}

// removedPosts are the posts that were removed, as two hashes each: of the address, and of the title and the day, since a post
// whose file is renamed may get another address.
type removedPosts map[uint64]bool

// maxRemoved bounds the hashes, of some 40 bytes each. Posts that are removed after that are printed when they come back.
const maxRemoved = 10_000

func (d *removedPosts) add(e *content.Edition, p *content.Post) {
	if *d == nil {
		*d = removedPosts{}
	}
	for _, key := range hashes(e, p) {
		if len(*d) < maxRemoved {
			(*d)[key] = true
		}
	}
}

func (d removedPosts) has(e *content.Edition, p *content.Post) bool {
	if len(d) == 0 {
		return false
	}
	h := hashes(e, p)
	return d[h[0]] || d[h[1]]
}

// hashes returns the hashes that identify a post in removedPosts.
func hashes(e *content.Edition, p *content.Post) [2]uint64 {
	return [2]uint64{maphash.String(hashSeed, e.Address(p)), maphash.String(hashSeed, p.Day+"\n"+p.Title)}
}

var hashSeed = maphash.MakeSeed()

// changed returns the channel of [blog.Blog.Changed], or nil if the blog never changes.
func (c *Call) changed() <-chan struct{} {
	if c.Blog.Changed == nil {
		return nil
	}
	return c.Blog.Changed()
}

// await returns when something may have been published: at a change, at the time until, or after an hour, since the clock
// may have been set.
func (c *Call) await(changed <-chan struct{}, until time.Time) error {
	most := time.Hour
	if !until.IsZero() {
		most = min(most, time.Until(until))
	}
	_, err := awaitEvent(c, changed, most)
	return err
}

// awaitEvent returns the next event, or none after some time; with an error if the client is gone or the server restarts. Others
// have their turn meanwhile. A nil channel has no events.
func awaitEvent[E any](c *Call, events <-chan E, most time.Duration) (e E, err error) {
	timer := time.NewTimer(most)
	defer timer.Stop()
	c.Turn.Pause(func() {
		select {
		case <-c.Context.Done():
			err = context.Cause(c.Context)
		case <-c.Shutdown:
			err = errRestarting
		case e = <-events:
		case <-timer.C:
		}
	})
	return e, err
}
