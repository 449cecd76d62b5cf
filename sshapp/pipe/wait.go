package pipe

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/spf13/pflag"

	"postern/content"
)

// errLeaving ends a call that waits on a server that stops, or has a successor.
var errLeaving = errors.New("the blog is restarting; wait again")

// wait prints a line as ls has it for each post, when it is published, until the client hangs up. Between two of them it
// holds no more than the edition that it has seen last, which is nearly always the one that all have.
func wait(flags *pflag.FlagSet) answer {
	tag := flags.String("tag", "", "for posts with the tag `T`")
	n := flags.IntP("n", "n", 0, "for `N` posts; 0 for ever")
	return func(c *Call, _ []string) error {
		if err := checkCount(*n); err != nil {
			return err
		}
		told := 0
		for seen := c.Blog.Edition(); ; {
			changed := c.changed()
			now := c.Blog.Edition()
			for _, p := range now.News(seen) {
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
