package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/charmbracelet/x/term"
)

// A progress is a line at the bottom of a terminal that tells how much of a job is done, and that is gone at its end.
// Anything but a terminal that can draw a line over another gets nothing. It has no color.
type progress struct {
	w           *os.File // nil for nothing
	total, done atomic.Int64
	stopped     func()
}

// redraw is long enough for a small blog never to show the line.
const redraw = 200 * time.Millisecond

func newProgress(w io.Writer) *progress {
	p := &progress{stopped: func() {}}
	if !onTerminal(w) || os.Getenv("TERM") == "dumb" {
		return p
	}
	p.w = w.(*os.File)
	end, ended := make(chan struct{}), make(chan struct{})
	p.stopped = sync.OnceFunc(func() {
		close(end)
		<-ended
	})
	go p.run(end, ended)
	return p
}

// begin says how many steps the job has.
func (p *progress) begin(total int) { p.total.Store(int64(total)) }

// step says that one of them is done. It may be called from any goroutine.
func (p *progress) step() { p.done.Add(1) }

// stop takes the line away.
func (p *progress) stop() { p.stopped() }

func (p *progress) run(end, ended chan struct{}) {
	defer close(ended)
	tick := time.NewTicker(redraw)
	defer tick.Stop()
	drawn := false
	for {
		select {
		case <-tick.C:
			width, _, err := term.GetSize(p.w.Fd())
			if err != nil || width <= 0 {
				width = 80
			}
			fmt.Fprintf(p.w, "\r%s\x1b[K", p.line(width))
			drawn = true
		case <-end:
			if drawn {
				fmt.Fprint(p.w, "\r\x1b[K")
			}
			return
		}
	}
}

// line is what the terminal shows: narrower than it, for a line that fills it would wrap.
func (p *progress) line(width int) string {
	total, done := p.total.Load(), p.done.Load()
	if total == 0 {
		return cut("reading", width-1)
	}
	before, after := "checking ", fmt.Sprintf(" %d of %d", done, total)
	room := min(width-1-len(before)-len(after), 40)
	if room < 5 {
		return cut(fmt.Sprintf("%d %%", 100*done/total), width-1)
	}
	full := int(int64(room) * done / total)
	return before + strings.Repeat("█", full) + strings.Repeat("░", room-full) + after
}

// cut returns the first n bytes of an ASCII text.
func cut(s string, n int) string { return s[:max(0, min(len(s), n))] }
