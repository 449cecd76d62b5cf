package command

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"postern/sshapp/cell"
	"postern/sshapp/reads"
	"postern/sshapp/state"
)

// errNotCounted is the error of the commands that tell authors how their blog is read.
var errNotCounted = errors.New("nothing is counted here")

// statsDays is how many days the small plot of a post shows.
const statsDays = 14

// How long stats --watch waits after a read, for those that follow it, and without one, since other machines count too. To add up
// a million counts takes a quarter of a second, so it also waits for so many times as long as that has taken, or for watchMost.
const (
	watchPause = 2 * time.Second
	watchEvery = 30 * time.Second
	watchTimes = 20
	watchMost  = time.Minute // what has taken longer has waited for its client
)

// defineStats defines stats, which lists the posts by how often they are read.
func defineStats(flags *pflag.FlagSet) runFunc {
	since := flags.String("since", "", "reads of `DATE` and later: 2026, 2026-11 or 2026-11-22")
	n := flags.IntP("n", "n", 0, "the `N` that are read most; 0 for all")
	asJSON := flags.Bool("json", false, "a JSON object in each line: day, slug, way, reads, uniques")
	watch := flags.Bool("watch", false, "again whenever something is read")
	return func(c *Call, _ []string) error {
		if err := errors.Join(checkCount(*n), checkDate(*since)); err != nil {
			return err
		}
		if c.Author.Reads == nil {
			return errNotCounted
		}
		told := false // a pipe is told once that nothing has been read
		show := func() error {
			err := c.printStats(*since, *n)
			if errors.Is(err, errNotFound) && told && c.Terminal == nil {
				return nil
			}
			told = true
			return c.orNone(err, nothingRead(*since))
		}
		if *asJSON {
			p := countPrinter{Call: c, since: *since}
			show = p.print
		}
		if !*watch {
			return show()
		}
		if c.Terminal != nil && !*asJSON {
			below := show
			show = func() error {
				c.out.WriteString("\x1b[H\x1b[2J") // to the corner of an empty screen
				return below()
			}
		}
		return c.watchReads(show)
	}
}

// watchReads shows something, and again when something was read, until the client hangs up.
func (c *Call) watchReads(show func() error) error {
	f := c.Author.Reads.Follow()
	defer f.Stop()
	for {
		start := time.Now()
		if err := show(); err != nil {
			return err
		}
		pause := min(max(watchPause, watchTimes*time.Since(start)), watchMost)
		if err := c.out.Flush(); err != nil {
			return err
		}
		if _, err := awaitEvent(c, f.Events, watchEvery); err != nil {
			return err
		}
		if _, err := awaitEvent[reads.Event](c, nil, pause); err != nil {
			return err
		}
		for len(f.Events) > 0 {
			<-f.Events
		}
	}
}

// A countJSON is an object in the output of stats --json. Its names keep their meaning, as those of [postJSON] do.
type countJSON struct {
	Day     string    `json:"day"`  // YYYY-MM-DD, of UTC
	Slug    string    `json:"slug"` // the post's address; empty for what has many posts
	Way     state.Way `json:"way"`
	Reads   int       `json:"reads"`
	Uniques int       `json:"uniques"` // different readers on that day, nearly
}

// A countPrinter prints counts as lines of JSON, and again those that have changed.
type countPrinter struct {
	*Call
	since   string               // the first day
	printed map[state.Count]bool // of the day that was the last one
}

// print prints all counts, and from the second time on those that it hasn't printed.
func (p *countPrinter) print() error {
	today := state.Day(time.Now())
	printed := map[state.Count]bool{}
	encoder := newLineEncoder(p.out)
	err := p.pause(func() error {
		return p.Author.Reads.Counts(p.Context, p.since, func(n state.Count) error {
			if n.Day >= today {
				printed[n] = true
			}
			if p.printed[n] {
				return nil
			}
			return encoder.Encode(countJSON{n.Day, n.Post, n.Way, n.Reads, n.Uniques})
		})
	})
	p.since, p.printed = max(p.since, today), printed
	return err
}

func newLineEncoder(w io.Writer) *json.Encoder {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return encoder
}

// printStats prints a row of names, and one for each post: this week's reads, all, those of each way, the last days, and its
// address. On a terminal there is one of sums below. The error is errNotFound if nothing has been read.
func (c *Call) printStats(since string, n int) error {
	var sum reads.Summary
	err := c.pause(func() (err error) {
		sum, err = c.Author.Reads.Summarize(c.Context, since, statsDays)
		return err
	})
	if err != nil {
		return err
	}
	if n > 0 {
		sum.Posts = sum.Posts[:min(n, len(sum.Posts))]
	}
	if len(sum.Posts) == 0 {
		return errNotFound
	}
	if c.Terminal == nil {
		fmt.Fprintln(c.out, strings.Join(statsNames(sum), "\t"))
		for _, post := range sum.Posts {
			fmt.Fprintln(c.out, strings.Join(append(statsNumbers(post), reads.Sparkline(post.Daily), reads.Name(post.Post)), "\t"))
		}
		return nil
	}
	c.printStatsTable(sum)
	return nil
}

// nothingRead says that nothing has been read since a day.
func nothingRead(since string) string {
	when := "yet"
	if since != "" {
		when = "since " + since
	}
	return "Nothing has been read " + when + ". A post counts when it was shown for ten seconds, or a client took all of it."
}

// statsNames returns the names of the columns.
func statsNames(sum reads.Summary) []string {
	names := []string{"week", "ever"}
	if sum.Since != "" {
		names[1] = "all"
	}
	for _, way := range state.Ways() {
		names = append(names, string(way))
	}
	return append(names, fmt.Sprint("last ", statsDays, " days"), "post")
}

// statsNumbers returns the numbers of a row.
func statsNumbers(s reads.Sum) []string {
	row := []string{strconv.Itoa(s.Week), strconv.Itoa(s.All)}
	for _, way := range state.Ways() {
		row = append(row, strconv.Itoa(s.Ways[way]))
	}
	return row
}

func (c *Call) printStatsTable(sum reads.Summary) {
	const gap = "  "
	names := statsNames(sum)
	last := statsNumbers(sum.All) // which are the widest
	style := c.styler(false)
	width := c.Terminal.width()
	line := func(columns []string, plot, name string) {
		var b strings.Builder
		for i, text := range columns {
			if text == "0" {
				text = "·"
			}
			b.WriteString(strings.Repeat(" ", max(len(names[i]), len(last[i]))-cell.LineWidth(text)) + text + gap)
		}
		b.WriteString(plot + cell.Pad(plot, statsDays+len(gap)))
		room := max(12, width-cell.LineWidth(b.String()))
		c.out.WriteString(b.String() + cell.Cut(name, room) + "\n")
	}
	line(names[:len(last)], names[len(last)], names[len(last)+1])
	for _, post := range sum.Posts {
		line(statsNumbers(post), reads.Sparkline(post.Daily), reads.Name(post.Post))
	}
	line(last, reads.Sparkline(sum.All.Daily), style.bold("all"))
}
