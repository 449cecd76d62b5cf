package terminal

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"postern/sshapp/internal/termtest"
)

// FuzzRender: after any frames of any sizes the terminal shows the same as after the last of them alone.
func FuzzRender(f *testing.F) {
	for seed := range byte(200) {
		random := rand.New(rand.NewPCG(uint64(seed), 0))
		data := make([]byte, 400)
		for i := range data {
			data[i] = byte(random.Uint32())
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c := choices(data)
		width, height := 1+c.pick(40), 1+c.pick(20)
		screen := termtest.New(width, height)
		defer screen.Close()
		p := renderer{scrollRegions: c.pick(4) > 0}
		frame := c.frame(width, height)
		for range 6 {
			written, _ := p.render(strings.Split(frame, "\n"), Size{Width: width, Height: height})
			_, _ = screen.Write([]byte(written))
			if got, want := screen.Cells(), shownAlone(frame, width, height); got != want {
				t.Fatalf("%q\n%s", written, difference(got, want))
			}
			if c.pick(8) == 0 {
				width, height = 1+c.pick(40), 1+c.pick(20)
				screen.Resize(width, height)
			}
			frame = c.changed(frame, width, height)
		}
	})
}

// difference returns the lines that differ.
func difference(got, want string) string {
	var b strings.Builder
	wanted := strings.Split(want, "\n")
	for i, l := range strings.Split(got, "\n") {
		if l != wanted[i] {
			fmt.Fprintf(&b, "line %d shows\n%s\nand should show\n%s\n", i, l, wanted[i])
		}
	}
	return b.String()
}

// shownAlone returns what a terminal shows after one frame, written line by line.
func shownAlone(frame string, width, height int) string {
	screen := termtest.New(width, height)
	defer screen.Close()
	for i, l := range strings.Split(frame, "\n") {
		fmt.Fprintf(screen, "\x1b[%dH%s", i+1, l)
	}
	return screen.Cells()
}

// choices are bytes that decide what a test does. When they are used up, the first choice is taken.
type choices []byte

func (c *choices) pick(n int) int {
	if len(*c) == 0 {
		return 0
	}
	b := (*c)[0]
	*c = (*c)[1:]
	return int(b) % n
}

// tokens are what lines are made of: characters of certain and of uncertain width, SGR sequences and links. No combining
// character follows an ASCII one, since the emulator would give it a cell of its own.
var tokens = []string{
	"word ", "a", " ", "  ", "Part 1", "Part 2", "▌ ", "é", "漢", "字漢", "ä\u0323", "👩🏽‍🚀", "🇩🇪", "❤️", "☂", "한", "ﬁ", "é\u20dd", "か\u3099", "→", "0", "…",
	"\x1b[1m", "\x1b[2m", "\x1b[m", "\x1b[0m", "\x1b[38;5;4m", "\x1b[41m", "\x1b[4:3m", "\x1b[7m", "\x1b[22m", "\x1b[0;3m", "\x1b[38;2;1;2;3m",
	"\x1b]8;;https://example.com/\a", "\x1b]8;id=2;https://example.com/2\x1b\\", "\x1b]8;;\a", "\x1b]8;;\x1b\\",
}

func (c *choices) line(width int) string {
	if c.pick(5) == 0 {
		return ""
	}
	l := strings.Repeat(" ", c.pick(4))
	for range 1 + c.pick(12) {
		token := tokens[c.pick(len(tokens))]
		if ansi.StringWidth(l+token) > width {
			break
		}
		l += token
	}
	if strings.Contains(l, "\x1b]8") {
		l += "\x1b]8;;\a"
	}
	if strings.Contains(l, "\x1b[") {
		l += "\x1b[m"
	}
	return ansi.Truncate(l, width, "")
}

func (c *choices) frame(width, height int) string {
	lines := make([]string, height)
	for i := range lines {
		lines[i] = c.line(width)
	}
	return strings.Join(lines, "\n")
}

// changed returns a changed copy of a frame: scrolled, with other lines, or with other text beside them.
func (c *choices) changed(frame string, width, height int) string {
	lines := strings.Split(frame, "\n")
	for len(lines) < height {
		lines = append(lines, c.line(width))
	}
	lines = lines[:height]
	if by := c.pick(7) - 3; by != 0 {
		from := c.pick(height)
		part := lines[from : from+c.pick(height-from+1)]
		was := append([]string{}, part...)
		for i := range part {
			if i+by >= 0 && i+by < len(was) {
				part[i] = was[i+by]
			} else {
				part[i] = c.line(width)
			}
		}
	}
	for range c.pick(4) {
		lines[c.pick(height)] = c.line(width)
	}
	for range c.pick(6) {
		l := &lines[c.pick(height)]
		at := c.pick(width + 1)
		*l = ansi.Truncate(ansi.Truncate(*l, at, "")+c.line(width), width, "")
	}
	for range c.pick(3) { // the same text in other styles
		l := &lines[c.pick(height)]
		*l = ansi.Strip(*l)
		at := c.pick(256)
		if words := strings.SplitAfter(*l, " "); len(words) > 1 {
			words[at%len(words)] = "\x1b[1m" + words[at%len(words)] + "\x1b[m"
			*l = strings.Join(words, "")
		}
	}
	for i, l := range lines {
		lines[i] = ansi.Truncate(l, width, "")
	}
	return strings.Join(lines, "\n")
}
