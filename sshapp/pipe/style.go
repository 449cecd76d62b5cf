package pipe

import (
	"iter"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// SGR sequences (ECMA-48, section 8.3.117), for terminals that show more than plain text.
const (
	beginBold  = "\x1b[1m"
	beginFaint = "\x1b[2m"
	reset      = "\x1b[m"
)

func (c *Call) bold(s string) string  { return c.styled(beginBold, s) }
func (c *Call) faint(s string) string { return c.styled(beginFaint, s) }

func (c *Call) styled(begin, s string) string {
	if c.Terminal == nil || s == "" {
		return s
	}
	return begin + s + reset
}

// maxColumn is how wide a column grows, in cells, before the rest of its row gives way.
const maxColumn = 40

// table prints rows, of which the last column is text: with tabs between the columns or, on a terminal, aligned, and the text
// cut where the line ends.
func (c *Call) table(rows iter.Seq[[]string]) error {
	var widths []int
	if c.Terminal != nil {
		widths = columns(rows)
	}
	for row := range rows {
		line := strings.Join(row, "\t")
		if widths != nil {
			line = c.aligned(row, widths)
		}
		if _, err := c.out.WriteString(line + "\n"); err != nil {
			return err
		}
	}
	return nil
}

// columns measures all columns but the last.
func columns(rows iter.Seq[[]string]) []int {
	widths := []int{}
	for row := range rows {
		for i, cell := range row[:len(row)-1] {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], min(ansi.StringWidthWc(cell), maxColumn))
		}
	}
	return widths
}

func (c *Call) aligned(row []string, widths []int) string {
	var b strings.Builder
	used := 0
	last := len(row) - 1
	for i, cell := range row[:last] {
		n := ansi.StringWidthWc(cell)
		gap := max(0, widths[i]-n) + 2
		b.WriteString(c.faint(cell) + strings.Repeat(" ", gap))
		used += n + gap
	}
	b.WriteString(ansi.TruncateWc(row[last], max(c.Terminal.Width-used, 20), "…"))
	return b.String()
}
