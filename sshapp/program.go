package sshapp

import (
	tea "charm.land/bubbletea/v2"

	"postern/sshapp/terminal"
	"postern/sshapp/tui"
)

// clipboardRate is how often a program sends what its commands write beside its frames, in times a second: a copy to the
// clipboard may take a tenth of one.
const clipboardRate = 10

// A program is a session awake: a [tea.Program] that runs on the session's model. It reads nothing, since events are sent
// to it, and it draws nothing, since the model does. While one runs, the model is its own.
type program struct {
	*tea.Program
	done chan struct{} // closed when the model is the session's again
}

// start runs a program on the model until it is ended. The session owns the terminal's modes, its size and its signals:
// the program is told what it needs to know, and asks the terminal nothing.
func start(m *model, t *terminal.Terminal, env []string) *program {
	p := &program{done: make(chan struct{}), Program: tea.NewProgram(m,
		tea.WithInput(nil),
		tea.WithOutput(t),
		tea.WithEnvironment(env),
		tea.WithColorProfile(t.Profile()),
		tea.WithFPS(clipboardRate),
		tea.WithoutRenderer(),
		tea.WithoutSignalHandler(),
		tea.WithFilter(own),
	)}
	go func() {
		defer close(p.done)
		_, _ = p.Run() // what ends it early is the connection's end, or a panic that the model has kept
	}()
	return p
}

// own drops what a program tells itself when it starts: the session knows better.
func own(_ tea.Model, msg tea.Msg) tea.Msg {
	switch msg.(type) {
	case tea.WindowSizeMsg, tea.ColorProfileMsg, tea.EnvMsg:
		return nil
	}
	return msg
}

// end ends the program when it has done what it was sent, and waits for that.
func (p *program) end() {
	p.Quit()
	<-p.done
}

// typed are the events that came together. The frame after the last of them is drawn.
type typed []tea.Msg

// sized is the terminal's size, which the session knows.
type sized terminal.Size

// A model is a reader's App, guarded: a panic in it, or in the drawing of it, ends the session and not the server.
type model struct {
	guard
	app     *tui.App
	painter *terminal.Painter // nil asleep
	size    terminal.Size
}

// Init implements [tea.Model].
func (m *model) Init() tea.Cmd { return m.app.Init() }

// View implements [tea.Model]. What is seen is drawn by Update.
func (m *model) View() tea.View { return tea.View{} }

// Update implements [tea.Model].
func (m *model) Update(msg tea.Msg) (same tea.Model, cmd tea.Cmd) {
	defer func() {
		if m.caught(recover()) {
			same, cmd = m, tea.Quit
		}
	}()
	cmd = m.apply(msg)
	if m.painter != nil {
		m.painter.Paint(m.app.View(), m.size)
	}
	return m, cmd
}

func (m *model) apply(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case typed:
		var cmds []tea.Cmd
		for _, event := range msg {
			if m.app.Left() {
				break
			}
			_, cmd := m.app.Update(event)
			cmds = append(cmds, cmd)
		}
		return tea.Batch(cmds...)
	case sized:
		m.size = terminal.Size(msg)
		_, cmd := m.app.Update(tea.WindowSizeMsg{Width: msg.Width, Height: msg.Height})
		return cmd
	}
	_, cmd := m.app.Update(msg)
	return cmd
}

// view returns what the App shows, under the same guard.
func (m *model) view() (v tea.View) {
	defer func() { m.caught(recover()) }()
	return m.app.View()
}

// over reports whether the reader has left, or a panic has ended it.
func (m *model) over() bool { return m.app.Left() || m.failed != nil }
