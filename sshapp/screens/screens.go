// Package screens shows an App on a terminal: it passes on what was typed, notes what the terminal answers, and sends frames and
// pictures. It knows nothing of SSH, so that sessions and the preview of an author are shown alike.
package screens

import (
	"io"
	"time"

	tea "charm.land/bubbletea/v2"

	"postern/sshapp/admission/work"
	"postern/sshapp/blog"
	"postern/sshapp/picture"
	"postern/sshapp/state"
	"postern/sshapp/terminal"
	"postern/sshapp/tui"
)

// Screens are an App, and the terminal that shows it. The App is updated, and then its view shown once for all keys that came
// together. A Bubble Tea program runs only while there is a command to run. Before the first key, and after Release, only the
// small model and the lines that show are in memory: no page. Screens are not safe for concurrent use.
type Screens struct {
	*tui.App
	turn     *work.Turn // of the App
	terminal *terminal.Terminal
	hasMore  func() // has Refresh called soon
	size     terminal.Size
	within   *within // nil where the App has all of the terminal
	released bool    // and not used since

	asksOrder  bool      // it is to be asked whether it reorders right-to-left text, when there is such text and a key was pressed
	asked      time.Time // when the terminal was last asked something
	unanswered int       // how many questions may still be answered
}

// New returns the Screens of a reader on a terminal of a name, that is TERM. hasMore is called when Refresh is to be called soon.
func New(app *tui.App, reader blog.Reader, t *terminal.Terminal, name string, hasMore func()) *Screens {
	return &Screens{App: app, turn: reader.Turn, terminal: t, hasMore: hasMore, asksOrder: !reader.Order.Known && terminal.MayAsk(name)}
}

// Begin shows the first frame.
func (s *Screens) Begin(size terminal.Size) {
	s.Resize(size)
	s.Release()
}

// Handle passes events to the App. Of answers of the terminal it takes note.
func (s *Screens) Handle(events []tea.Msg) {
	for _, event := range events {
		s.Note(event)
	}
	s.update(events...)
	if s.asksOrder && s.terminal.ShowsRightToLeft() && !s.HasQuit() {
		s.asksOrder = false
		s.ask(terminal.AskVersion + terminal.AskModel)
	}
}

// Note takes note of an answer of the terminal, and ignores all other messages.
func (s *Screens) Note(answer tea.Msg) {
	switch answer := answer.(type) {
	case terminal.VersionMsg:
		s.unanswered = max(0, s.unanswered-1)
		s.terminal.Identify(answer)
		s.noteOrder(answer.ReordersText())
	case terminal.ModelMsg:
		s.unanswered = 0 // all terminals answer this, and each in the order that it was asked in
		s.noteOrder(answer.ReordersText())
	}
	p := s.Pictures()
	if p == nil { // nothing was asked for any
		return
	}
	switch answer := answer.(type) {
	case terminal.VersionMsg:
		p.Kitty.Answer(answer.KeepsPictures())
	case terminal.CellMsg:
		p.Cell = picture.Cell(answer)
	case terminal.AttributesMsg:
		s.unanswered = 0 // as for a ModelMsg
		p.Sixel.Answer(answer.DrawsSixels())
	}
}

func (s *Screens) noteOrder(reorders, known bool) {
	if known {
		s.Order().Answer(reorders)
		s.asksOrder = false
	}
}

// Resize takes a new size of the terminal.
func (s *Screens) Resize(now terminal.Size) {
	s.size = now
	if s.within != nil {
		now.Width, now.Height = s.within.width, s.within.height
	}
	if p := s.Pictures(); p != nil && p.Cell != (picture.Cell{}) { // the cells that it has answered may be of another font
		p.Cell, p.Sixel = picture.Cell{}, picture.Capability{}
	}
	s.update(tui.ClientCellMsg(s.size.Cell()), tea.WindowSizeMsg{Width: now.Width, Height: now.Height})
}

// Refresh shows pictures that have been drawn since they were asked for, and sends a piece of those that the terminal keeps. Keys
// are handled before the next piece.
func (s *Screens) Refresh() {
	if p := s.Pictures(); p != nil {
		s.send(p.Kitty.Next())
	}
	s.update(tui.PicturesMsg{})
}

// Notify shows a line until a key is pressed.
func (s *Screens) Notify(text string) { s.update(tui.NoticeMsg(text)) }

// update passes messages to the App and shows its view. It stops when the client has gone.
func (s *Screens) update(msgs ...tea.Msg) {
	s.released = false
	var cmds []tea.Cmd
	for _, msg := range msgs {
		if s.turn.Gone() {
			return
		}
		_, cmd := s.Update(msg)
		if s.HasQuit() { // its command to quit is for a program that runs an App
			break
		}
		if cmd != nil {
			cmds = append(cmds, cmd)
		}
	}
	if !s.HasQuit() {
		v, frame := s.Frame()
		s.terminal.Reorder(s.Reorders())
		raster := s.Raster()
		if s.within != nil {
			frame, raster = s.within.show(frame, raster, s.size)
		}
		s.terminal.Show(v, frame, raster, s.size)
		s.drive()
	}
	if cmd := tea.Batch(cmds...); cmd != nil {
		runCommand(cmd, s.terminal)
	}
}

// drive goes on with pictures after a frame: what the terminal has to be asked for them, and what it keeps of them.
func (s *Screens) drive() {
	p := s.Pictures()
	if p == nil {
		return
	}
	if p.Kitty.Ask() {
		s.ask(terminal.AskVersion)
	}
	if p.Sixel.Ask() {
		if !s.size.Cell().IsKnown() {
			s.send(terminal.AskCell)
		}
		s.ask(terminal.AskAttributes)
	}
	if p.Kitty.Pending() {
		s.hasMore()
	}
}

func (s *Screens) ask(question string) {
	s.asked = time.Now()
	s.unanswered++
	s.send(question)
}

// send sends the terminal what isn't a part of a frame.
func (s *Screens) send(sequences string) {
	if sequences != "" {
		_, _ = io.WriteString(s.terminal, sequences)
	}
}

// CanRelease reports whether Release would free memory.
func (s *Screens) CanRelease() bool { return !s.released }

// Release frees the memory of what can be made again.
func (s *Screens) Release() {
	s.DropCache()
	s.released = true
}

// answerTime is how long after a question a terminal may still answer: about the slowest links of all. A terminal that doesn't
// know a question never answers.
const answerTime = 2 * time.Second

// answerWait is how long a reader who has quit waits at most.
const answerWait = 500 * time.Millisecond

// AnswerWait returns how long to take input for Note when the reader has quit, whose shell would take answers of the terminal for
// keys; 0 if none is awaited.
func (s *Screens) AnswerWait() time.Duration {
	if s.unanswered == 0 {
		return 0
	}
	return max(0, min(answerWait, answerTime-time.Since(s.asked)))
}

// Way returns how it is read.
func (s *Screens) Way() state.Way { return state.Screens }

// Leave restores the terminal, and shows a last line unless that is empty. What is shown after it begins anew.
func (s *Screens) Leave(last string) {
	if p := s.Pictures(); p != nil && s.terminal.Entered() {
		s.send(p.Kitty.Delete())
	}
	s.terminal.Leave(last)
}
