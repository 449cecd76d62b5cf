package screens

import (
	tea "charm.land/bubbletea/v2"

	"postern/sshapp/terminal"
)

// A program runs a command of the App as a [tea.Program], which knows how to batch commands and how to set the clipboard. The
// App's commands return at once, and it needs none of their messages.
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
	).Run() // it fails only if the connection has, which ends the session
}

// Init implements [tea.Model].
func (p program) Init() tea.Cmd { return tea.Sequence(p.cmd, tea.Quit) }

// Update implements [tea.Model].
func (p program) Update(tea.Msg) (tea.Model, tea.Cmd) { return p, nil }

// View implements [tea.Model].
func (p program) View() tea.View { return tea.View{} }
