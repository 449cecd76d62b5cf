package tui

import "postern/content"

// goTo opens a post at what a search has found in it.
func (p *post) goTo(e env, h content.Hit) {}
