package main

import (
	"context"
	"errors"
	"fmt"
	"image"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"

	"postern/sshapp/screens"
	"postern/sshapp/terminal"
)

// A console is the terminal that this program runs on, and shows screens on.
type console struct {
	uv.Console
	decoder terminal.Decoder
	input   chan []byte   // what is typed; nil at the end
	pause   func()        // ends the reading of input
	more    chan struct{} // holds a token when something more can be shown
	changes chan tea.Msg  // of the blog
	failed  error         // why the terminal can't be read any more
}

func newConsole(in, out *os.File) *console {
	return &console{Console: uv.NewConsole(in, out, nil), input: make(chan []byte), more: make(chan struct{}, 1), changes: make(chan tea.Msg)}
}

// hasMore tells that something more can be shown.
func (c *console) hasMore() {
	select {
	case c.more <- struct{}{}:
	default:
	}
}

// start makes the terminal raw, and begins to read what is typed.
func (c *console) start() error {
	c.pause = func() {}
	if _, err := c.MakeRaw(); err != nil {
		return err
	}
	in, err := uv.NewCancelReader(c.Reader())
	if err != nil {
		_ = c.Restore()
		return err
	}
	paused, ended := make(chan struct{}), make(chan struct{})
	c.pause = func() {
		close(paused)
		if in.Cancel() { // or the read goes on until something is typed
			<-ended
		}
		_ = in.Close()
	}
	go func() {
		defer close(ended)
		for {
			var p [256]byte
			n, err := in.Read(p[:])
			typed := p[:n]
			if err != nil {
				typed = nil
			}
			select {
			case <-paused: // and another may read c.input already
				return
			default:
			}
			select {
			case c.input <- typed:
			case <-paused:
				return
			}
			if err != nil {
				return
			}
		}
	}()
	return nil
}

// stop leaves the terminal as it was before start.
func (c *console) stop() {
	c.pause()
	_ = c.Restore()
}

// show shows screens until their reader quits, or ctx is done.
func (c *console) show(ctx context.Context, s *screens.Screens) error {
	if err := c.start(); err != nil {
		return err
	}
	defer c.stop()
	defer c.leave(s)
	resized := notifyResize()
	defer signal.Stop(resized)
	escape := time.NewTimer(0)
	defer escape.Stop()
	known := c.size()
	s.Begin(known)
	for c.failed == nil && !s.HasQuit() {
		select {
		case typed := <-c.input:
			if typed == nil {
				return nil
			}
			if events := c.decode(typed); len(events) > 0 {
				s.Handle(events)
			}
			escape.Reset(terminal.EscapeTimeout)
			if now := c.size(); now != known { // not every system has a signal for that
				known = now
				s.Resize(known)
			}
		case <-escape.C:
			if key := c.decoder.Flush(); key != nil {
				s.Handle([]tea.Msg{key})
			}
		case change := <-c.changes:
			s.Handle([]tea.Msg{change})
		case <-resized:
			known = c.size()
			s.Resize(known)
		case <-c.more:
			s.Refresh()
		case <-ctx.Done():
			return nil
		}
	}
	return c.failed
}

// leave restores the screen, and takes what the terminal still answers: a shell or an editor would take it for keys.
func (c *console) leave(s *screens.Screens) {
	s.Leave("")
	last := time.After(s.AnswerWait())
	for s.AnswerWait() > 0 {
		select {
		case typed := <-c.input:
			if typed == nil {
				return
			}
			for _, answer := range c.decode(typed) {
				s.Note(answer)
			}
		case <-last:
			return
		}
	}
}

// lend has a program use the terminal until it ends. Where the terminal can't be read after that, show ends.
func (c *console) lend(s *screens.Screens, program *exec.Cmd) error {
	c.leave(s)
	c.stop()
	program.Stdin, program.Stdout, program.Stderr = c.Reader(), c.Writer(), os.Stderr
	err := program.Run()
	if err != nil {
		err = fmt.Errorf("%s: %w", filepath.Base(program.Path), err)
	}
	c.failed = c.start()
	return errors.Join(err, c.failed)
}

// change passes a message on to the screens that are shown, until ctx is done.
func (c *console) change(ctx context.Context, msg tea.Msg) {
	select {
	case c.changes <- msg:
	case <-ctx.Done():
	}
}

func (c *console) decode(typed []byte) (events []tea.Msg) {
	for _, b := range typed {
		if msg := c.decoder.Next(b); msg != nil {
			events = append(events, msg)
		}
	}
	return events
}

// size returns the terminal's size; zero if the system doesn't tell it.
func (c *console) size() terminal.Size {
	w, err := c.GetWinsize()
	if err != nil {
		return terminal.Size{}
	}
	return terminal.Size{Width: int(w.Col), Height: int(w.Row), Pixels: image.Pt(int(w.Xpixel), int(w.Ypixel))}
}
