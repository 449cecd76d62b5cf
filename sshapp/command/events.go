package command

import (
	"math"

	"github.com/spf13/pflag"

	"postern/sshapp/reads"
	"postern/sshapp/state"
)

// An eventJSON is an object in the output of events. Its names keep their meaning.
type eventJSON struct {
	Time   string    `json:"time"` // RFC 3339
	Slug   string    `json:"slug"` // as in countJSON
	Way    state.Way `json:"way"`
	Missed int       `json:"missed,omitempty"` // events before this one that the client was too slow for
}

// defineEvents defines events, which prints what is read, when it is, until the client hangs up.
func defineEvents(flags *pflag.FlagSet) runFunc {
	n := flags.IntP("n", "n", 0, "`N` of them; 0 for ever")
	return func(c *Call, _ []string) error {
		if err := checkCount(*n); err != nil {
			return err
		}
		if c.Author.Reads == nil {
			return errNotCounted
		}
		f := c.Author.Reads.Follow()
		defer f.Stop()
		encoder := newLineEncoder(c.out)
		for count := 1; ; count++ {
			e, err := c.nextRead(f)
			if err != nil {
				return err
			}
			if err := encoder.Encode(eventJSON{timeJSON(e.At), e.Post, e.Way, e.Missed}); err != nil {
				return err
			}
			if count == *n {
				return nil
			}
		}
	}
}

// nextRead waits for an event. What was printed before is sent.
func (c *Call) nextRead(f *reads.Follower) (e reads.Event, err error) {
	select {
	case e = <-f.Events:
		return e, nil
	default:
	}
	if err := c.out.Flush(); err != nil {
		return e, err
	}
	return awaitEvent(c, f.Events, math.MaxInt64)
}
