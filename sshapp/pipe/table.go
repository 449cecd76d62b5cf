package pipe

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// errNothing ends a call that has found nothing.
var errNothing = errors.New("nothing found")

// maxColumn is how wide a column grows, in cells, before the rest of its row gives way.
const maxColumn = 40

// table prints rows, of which the last column is text: with tabs between the columns or, on a terminal, aligned, and the
// text cut where the line ends.
func (c *Call) table(rows iter.Seq[[]string]) error {
	var widths []int
	if c.Terminal != nil {
		widths = columns(rows)
	}
	err := errNothing
	for row := range rows {
		line := strings.Join(row, "\t")
		if c.Terminal != nil {
			line = c.aligned(row, widths)
		}
		if _, err = c.out.WriteString(line + "\n"); err != nil {
			break
		}
	}
	return err
}

// columns measures all columns but the last.
func columns(rows iter.Seq[[]string]) (widths []int) {
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
	const gap, least = 2, 20 // between columns; of the text
	var b strings.Builder
	room := c.Terminal.width()
	last := len(row) - 1
	for i, cell := range row[:last] {
		n := max(ansi.StringWidthWc(cell), widths[i])
		b.WriteString(cell)
		b.WriteString(strings.Repeat(" ", n-ansi.StringWidthWc(cell)+gap))
		room -= n + gap
	}
	b.WriteString(ansi.TruncateWc(row[last], max(room, least), "…"))
	return b.String()
}

// object prints a JSON object with one list under a name, an element a line, as they come.
func object[T any](c *Call, name string, all iter.Seq[T]) error {
	fmt.Fprintf(c.out, "{%q: [", name)
	result := errNothing
	var element bytes.Buffer
	to := json.NewEncoder(&element)
	to.SetEscapeHTML(false)
	for x := range all {
		if result == nil {
			c.out.WriteByte(',')
		}
		element.Reset()
		element.WriteByte('\n')
		if err := to.Encode(x); err != nil {
			return err
		}
		if _, err := c.out.Write(bytes.TrimRight(element.Bytes(), "\n")); err != nil {
			return err
		}
		result = nil
	}
	if _, err := c.out.WriteString("\n]}\n"); err != nil {
		return err
	}
	return result
}
