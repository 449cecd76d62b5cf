package tui

import tea "charm.land/bubbletea/v2"

// A postScreen is a screen that shows a post.
type postScreen interface{ shownPost() *post }

func (p *post) shownPost() *post { return p }

// An overlay is embedded by the screens that are opened above a post and show it, or a part of it.
type overlay struct{ below *post }

func (o overlay) shownPost() *post                    { return o.below }
func (o overlay) title(e env) string                  { return o.below.title(e) }
func (o overlay) update(env, tea.Msg) (move, tea.Cmd) { return move{kind: pass}, nil }

var _ = []postScreen{&post{}, &links{}, &footnote{}, &copyPrompt{}, &contents{}, &findPrompt{}, &source{}}
