package sshapp

import (
	"io"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"postern/sshapp/admission/work"
	"postern/sshapp/linear"
	"postern/sshapp/lineedit"
	"postern/sshapp/terminal"
)

// lines are the face of a session that is listened to, or whose terminal can't be drawn on. What is said goes out from top
// to bottom, without an escape of any kind. Nothing is kept between two keys that could be made again.
//
// The client's terminal is raw, so what a terminal does for a shell is done here, and no more: what is typed is shown, and
// can be taken back, with the bytes that a terminal's own driver would send (termios, ECHO and ECHOE). A client whose
// terminal shows what is typed by itself, as a shell within an editor does, says so, and is sent none of it.
type lines struct {
	guard
	w      io.Writer
	turn   *work.Turn // in which a line is answered: a program may ask for much in one
	talk   *linear.Session
	prompt lineedit.Line
	echo   bool
	cr     bool // a carriage return was typed last: a line feed behind it is the same key
	left   bool // by Ctrl-D or Ctrl-C
}

func newLines(c *channel, turn *work.Turn, talk *linear.Session) *lines {
	return &lines{w: c, turn: turn, talk: talk, echo: !c.echoOff()}
}

// begin says what comes first.
func (f *lines) begin(size terminal.Size) {
	defer func() { f.catch(recover()) }()
	f.resize(size)
	f.say(f.talk.Greeting() + f.talk.Prompt())
}

// handle answers keys, all that came together in one write, unless nobody is there for the answer any more.
func (f *lines) handle(events []tea.Msg) {
	defer func() { f.catch(recover()) }()
	var out strings.Builder
	for _, event := range events {
		if f.turn.Gone() {
			return
		}
		if f.done() {
			break
		}
		out.WriteString(f.key(event))
	}
	f.say(out.String())
}

// key returns what a key has the terminal show.
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
		return f.shown("\n") + f.talk.Prompt()
	case (name == "ctrl+c" || name == "ctrl+d") && f.prompt.Text == "":
		f.left = true
		return f.shown("\n")
	case name == "ctrl+h":
		event = tea.KeyPressMsg{Code: tea.KeyBackspace}
	}
	before := f.prompt.Text
	f.prompt.Edit(event)
	return f.shown(change(before, f.prompt.Text))
}

// enter answers the line that was typed.
func (f *lines) enter() string {
	line := f.prompt.Text
	f.prompt.Text = ""
	answer := f.answer(line)
	if !f.talk.HasQuit() {
		answer += f.talk.Prompt()
	}
	return f.shown("\n") + answer
}

func (f *lines) answer(line string) (text string) {
	f.turn.Do(work.Answer, 0, func() { text = f.talk.Answer(line) })
	return text
}

// shown returns what the terminal is to show of what is typed.
func (f *lines) shown(s string) string {
	if !f.echo {
		return ""
	}
	return s
}

// change returns what turns one text at the cursor into another, of which one is the beginning of the other.
func change(before, after string) string {
	if more, ok := strings.CutPrefix(after, before); ok {
		return more
	}
	return strings.Repeat("\b \b", ansi.StringWidth(before[len(after):]))
}

// say sends text, its line ends as a terminal wants them. Nobody waits for it: a connection that has failed ends the session
// by itself.
func (f *lines) say(text string) {
	if text != "" {
		_, _ = io.WriteString(f.w, strings.ReplaceAll(text, "\n", "\r\n"))
	}
}

// notify says a line, and then again what was being typed.
func (f *lines) notify(text string) {
	defer func() { f.catch(recover()) }()
	f.say("\n" + text + "\n" + f.talk.Prompt() + f.shown(f.prompt.Text))
}

// resize takes a new size, for what is said from now on.
func (f *lines) resize(now terminal.Size) { f.talk.Resize(now.Width, now.Height) }

// leave says a last line, if there is one.
func (f *lines) leave(last string) {
	if last != "" {
		f.say("\n" + last + "\n")
	}
}

func (f *lines) awake() bool     { return false }
func (f *lines) rest()           {}
func (f *lines) done() bool      { return f.left || f.talk.HasQuit() || f.failed != nil }
func (f *lines) failure() error  { return f.failed }
func (f *lines) posts() []string { return f.talk.Posts() }
