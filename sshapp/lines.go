package sshapp

import (
	"io"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"postern/sshapp/admission/work"
	"postern/sshapp/linear"
	"postern/sshapp/lineedit"
	"postern/sshapp/state"
	"postern/sshapp/terminal"
)

// lines are the face of a session that is read line by line: with a screen reader, or on a terminal whose cursor can't be moved.
// Its output has no escape sequences. Nothing that can be made again is kept between two keys.
//
// The client's terminal is raw, so what a terminal driver does for a shell is done here: input is echoed, and can be erased,
// with the bytes that the driver would send (ECHO and ECHOE in termios(3)). A client that echoes by itself, such as a shell
// within an editor, says so, and is sent no echo.
type lines struct {
	*linear.Session
	w      io.Writer
	turn   *work.Turn // of the answers: a program may ask for much in a line
	prompt lineedit.Line
	echo   bool
	cr     bool // the last key was a carriage return; a line feed that follows is part of it
	left   bool // the reader has quit by Ctrl-D or Ctrl-C
}

func newLines(c *channel, turn *work.Turn, talk *linear.Session) *lines {
	return &lines{w: c, turn: turn, Session: talk, echo: !c.echoOff()}
}

// Begin sends the greeting.
func (f *lines) Begin(size terminal.Size) {
	f.Resize(size)
	f.say(f.Greeting() + f.Prompt())
}

// Handle answers keys in one write. It stops when the client has gone.
func (f *lines) Handle(events []tea.Msg) {
	var out strings.Builder
	for _, event := range events {
		if f.turn.Gone() {
			return
		}
		if f.HasQuit() {
			break
		}
		out.WriteString(f.key(event))
	}
	f.say(out.String())
}

// key handles a key, and returns the output.
func (f *lines) key(event tea.Msg) string {
	name := ""
	if k, ok := event.(tea.KeyPressMsg); ok {
		name = k.String()
	}
	feed := name == "ctrl+j" && f.cr
	f.cr = name == "enter"
	switch {
	case feed:
		return ""
	case name == "enter" || name == "ctrl+j":
		return f.enter()
	case name == "ctrl+c" && f.prompt.Text != "":
		f.prompt.Text = ""
		return f.echoed("\n") + f.Prompt()
	case (name == "ctrl+c" || name == "ctrl+d") && f.prompt.Text == "":
		f.left = true
		return f.echoed("\n")
	case name == "ctrl+h":
		event = tea.KeyPressMsg{Code: tea.KeyBackspace}
	}
	before := f.prompt.Text
	f.prompt.Edit(event)
	return f.echoed(change(before, f.prompt.Text))
}

// enter answers the line that was typed, and returns the output.
func (f *lines) enter() string {
	line := f.prompt.Text
	f.prompt.Text = ""
	return f.echoed("\n") + f.answer(line)
}

// answer returns the answer to a line, and the prompt for the next one, which says where the reader is then.
func (f *lines) answer(line string) (text string) {
	f.turn.Do(work.Answer, 0, func() {
		text = f.Answer(line)
		if !f.Session.HasQuit() {
			text += f.Prompt()
		}
	})
	return text
}

// echoed returns s if input is echoed, else an empty string.
func (f *lines) echoed(s string) string {
	if !f.echo {
		return ""
	}
	return s
}

// change returns the output that replaces the text before the cursor by another. One must be a prefix of the other.
func change(before, after string) string {
	if more, ok := strings.CutPrefix(after, before); ok {
		return more
	}
	return strings.Repeat("\b \b", ansi.StringWidth(before[len(after):]))
}

// say sends text, with the line ends of a raw terminal. An error is ignored, since a connection that fails ends its session.
func (f *lines) say(text string) {
	if text != "" {
		_, _ = io.WriteString(f.w, strings.ReplaceAll(text, "\n", "\r\n"))
	}
}

// Notify sends a line, and repeats the prompt with what was being typed.
func (f *lines) Notify(text string) {
	f.say("\n" + text + "\n" + f.Prompt() + f.echoed(f.prompt.Text))
}

// Resize sets the size for the output from now on.
func (f *lines) Resize(now terminal.Size) { f.Session.Resize(now.Width, now.Height) }

// Leave sends a last line, unless it is empty.
func (f *lines) Leave(last string) {
	if last != "" {
		f.say("\n" + last + "\n")
	}
}

func (f *lines) Refresh()                  {}
func (f *lines) CanRelease() bool          { return false }
func (f *lines) Release()                  {}
func (f *lines) HasQuit() bool             { return f.left || f.Session.HasQuit() }
func (f *lines) Way() state.Way            { return state.Lines }
func (f *lines) Note(tea.Msg)              {}
func (f *lines) AnswerWait() time.Duration { return 0 }
