package sshapp

import (
	"fmt"
	"runtime/debug"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"postern/sshapp/tui"
)

// framesPerSecond is how often an awake program draws what has changed: 120, Bubble Tea's most, so that a key's frame
// waits for 8 ms at the most.
const framesPerSecond = 120

// A program is a session awake: a [tea.Program] that runs on the session's model. It reads nothing: events are sent to it.
// While one runs, the model is its own.
type program struct {
	*tea.Program
	done chan struct{} // closed when the model is the session's again
}

// start runs a program on the model until it is ended. The session owns the terminal's modes, its size and its signals:
// the program is told what it needs to know, and asks the terminal nothing.
func start(m *model, t *terminal, env []string, size func() size) *program {
	now := size()
	p := &program{done: make(chan struct{}), Program: tea.NewProgram(m,
		tea.WithInput(nil),
		tea.WithOutput(t),
		tea.WithEnvironment(env),
		tea.WithColorProfile(t.profile),
		tea.WithWindowSize(now.width, now.height),
		tea.WithFPS(framesPerSecond),
		tea.WithoutSignalHandler(),
		tea.WithFilter(func(_ tea.Model, msg tea.Msg) tea.Msg { return current(msg, size) }),
	)}
	go func() {
		defer close(p.done)
		_, _ = p.Run() // what ends it early is the connection's end, or a panic that the model has kept
	}()
	if t.sync {
		p.Send(tea.ModeReportMsg{Mode: ansi.ModeSynchronizedOutput, Value: ansi.ModeReset})
	}
	return p
}

// current puts the terminal's size of now in the place of one that has been overtaken: a program sends itself the size that
// it was started with, and that may arrive after a newer one. What else it tells itself at its start is known.
func current(msg tea.Msg, size func() size) tea.Msg {
	switch msg.(type) {
	case tea.WindowSizeMsg:
		now := size()
		return tea.WindowSizeMsg{Width: now.width, Height: now.height}
	case tea.ColorProfileMsg, tea.EnvMsg:
		return nil
	}
	return msg
}

// end ends the program when it has drawn its last frame, and waits for that.
func (p *program) end() {
	p.Quit()
	<-p.done
}

// A model is a reader's App, guarded: a panic in it ends the session, not the server. It makes its view when it is
// updated, since Bubble Tea offers no way out of a view that fails.
type model struct {
	app    *tui.App
	view   tea.View // of the last update
	failed error    // the panic and its stack
}

// Init implements [tea.Model].
func (m *model) Init() tea.Cmd { return m.app.Init() }

// View implements [tea.Model].
func (m *model) View() tea.View { return m.view }

// Update implements [tea.Model].
func (m *model) Update(msg tea.Msg) (same tea.Model, cmd tea.Cmd) {
	defer func() {
		if r := recover(); r != nil {
			m.failed = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
			same, cmd = m, tea.Quit
		}
	}()
	_, cmd = m.app.Update(msg)
	m.view = m.app.View()
	return m, cmd
}
