package tui

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"postern/sshapp/cell"
)

// TestWindow holds the lines that are placed from those of the frame before to those that are placed anew.
func TestWindow(t *testing.T) {
	var text []string
	for i := range 200 {
		text = append(text, []string{"", fmt.Sprint("line ", i), "the same"}[i%3])
	}
	rng := rand.New(rand.NewPCG(1, 2))
	var w window
	top, margin, height := 0, 4, 20
	for range 2000 {
		switch rng.IntN(10) {
		case 0:
			top = rng.IntN(len(text) - 40)
		case 1:
			margin = rng.IntN(3) * 4
		case 2:
			height = rng.IntN(40)
		case 3:
			text[rng.IntN(len(text))] = fmt.Sprint("edited ", rng.IntN(1000))
		default:
			top = min(max(top+rng.IntN(3)-1, 0), len(text)-40)
		}
		lines := slices.Clone(text[top : top+height])
		got, want := w.place(lines, top, margin), cell.Indent(lines, margin)
		if !slices.Equal(got, want) {
			t.Fatalf("%d lines from %d with a margin of %d are\n%q, want\n%q", height, top, margin, got, want)
		}
		for i := range got {
			got[i] += "changed by who shows them"
		}
	}
}

// A manyKeys is a screen with more keys than any has, of which one does something.
type manyKeys struct {
	screen
	bindings []binding
	does     int
}

func (m *manyKeys) keys() []binding { return m.bindings }
func (*manyKeys) takesText()        {}

// TestHintsOfManyKeys: the footer offers only the key that does something, whatever its place.
func TestHintsOfManyKeys(t *testing.T) {
	m := &manyKeys{}
	for i := range 40 {
		m.bindings = append(m.bindings, hintedIf(func(m *manyKeys, _ env) bool { return m.does == i }, newBinding(fmt.Sprint(i), "key")))
	}
	a, e := &App{stack: []screen{m}}, env{kept: &kept{}}
	for m.does = range m.bindings {
		if got, want := ansi.Strip(a.hints(e, 80)), fmt.Sprintf("%d key", m.does); got != want {
			t.Errorf("the footer says %q, want %q", got, want)
		}
	}
}
