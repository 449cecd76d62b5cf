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

// A progress is a line at the bottom of a terminal that shows how much of something is done. It is erased at the end.
// Nothing is written to anything but a terminal that can draw a line over another. It has no color.
type progress struct {
	w         *os.File // nil for nothing
	doing     string   // what is done, in ASCII
	done, all atomic.Int64
	stop      func() // erases the line; may be called more than once
}

// redrawTime is so long that a small blog never shows the line.
const redrawTime = 200 * time.Millisecond

func newProgress(w io.Writer, doing string) *progress {
	p := &progress{doing: doing, stop: func() {}}
	if !onTerminal(w) || os.Getenv("TERM") == "dumb" {
		return p
	}
	p.w = w.(*os.File)
	end, ended := make(chan struct{}), make(chan struct{})
	p.stop = sync.OnceFunc(func() {
		close(end)
		<-ended
	})
	go p.run(end, ended)
	return p
}

// set says how much of all is done.
func (p *progress) set(done, all int) {
	p.done.Store(int64(done))
	p.all.Store(int64(all))
}

func (p *progress) run(end, ended chan struct{}) {
	defer close(ended)
	tick := time.NewTicker(redrawTime)
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

// line returns the line for a terminal of a width in columns. It is narrower, because a line that fills the terminal would
// wrap.
func (p *progress) line(width int) string {
	all, done := p.all.Load(), p.done.Load()
	if all == 0 {
		return cut("reading", width-1)
	}
	before, after := p.doing+" ", fmt.Sprintf(" %d of %d", done, all)
	room := min(width-1-len(before)-len(after), 40)
	if room < 5 {
		return cut(fmt.Sprintf("%d %%", 100*done/all), width-1)
	}
	full := int(int64(room) * done / all)
	return before + strings.Repeat("█", full) + strings.Repeat("░", room-full) + after
}

// cut returns the first n bytes of an ASCII text.
func cut(s string, n int) string { return s[:max(0, min(len(s), n))] }
