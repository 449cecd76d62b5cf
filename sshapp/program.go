package sshapp

import (
	tea "charm.land/bubbletea/v2"

	"postern/sshapp/terminal"
)

// A program is a command of the App's that runs as a [tea.Program], which knows how to batch several and how to write to a
// clipboard. The App's commands return at once and lead to no message for it.
type program struct{ cmd tea.Cmd }

// runCommand runs a command to its end.
func runCommand(cmd tea.Cmd, t *terminal.Terminal) {
	_, _ = tea.NewProgram(program{cmd},
		tea.WithInput(nil),
		tea.WithOutput(t),
		tea.WithEnvironment(nil),
		tea.WithColorProfile(t.Profile()),
		tea.WithWindowSize(1, 1),
		tea.WithoutRenderer(),
		tea.WithoutSignalHandler(),
	).Run() // what ends it early is the connection's end
}

// Init implements [tea.Model].
func (p program) Init() tea.Cmd { return tea.Sequence(p.cmd, tea.Quit) }

// Update implements [tea.Model]. What a program tells itself when it starts, the session knows.
func (p program) Update(tea.Msg) (tea.Model, tea.Cmd) { return p, nil }

// View implements [tea.Model].
func (p program) View() tea.View { return tea.View{} }
