package command

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"postern/content"
)

// maxColumn is how wide a column grows, in cells, before the rest of its row gives way.
const maxColumn = 40

// printPosts prints a line for each post: its date, its address, its title.
func (c *Call) printPosts(now *content.Edition, posts iter.Seq[*content.Post]) error {
	s := c.styler(false)
	return c.printRows(func(yield func([]string) bool) {
		for p := range posts {
			if !yield([]string{s.faint(p.Day), now.Address(p), p.Title}) {
				return
			}
		}
	})
}

// printRows prints rows, of which the last column is text. In a pipe there are tabs between the columns; on a terminal they
// are aligned, and the text is cut where the line ends. It returns errNothing if there is no row. It may read the rows twice.
func (c *Call) printRows(rows iter.Seq[[]string]) error {
	var widths []int
	if c.Terminal != nil {
		widths = columnWidths(rows)
	}
	err := errNothing
	for row := range rows {
		line := strings.Join(row, "\t")
		if c.Terminal != nil {
			line = c.alignRow(row, widths)
		}
		if _, err = c.out.WriteString(line + "\n"); err != nil {
			break
		}
	}
	return err
}

// columnWidths measures all columns but the last.
func columnWidths(rows iter.Seq[[]string]) (widths []int) {
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

func (c *Call) alignRow(row []string, widths []int) string {
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

// printJSON prints a JSON object that has one list under a name, a line for each element, as the elements come. It returns
// errNothing if there is none.
func printJSON[T any](c *Call, name string, all iter.Seq[T]) error {
	fmt.Fprintf(c.out, "{%q: [", name)
	result := errNothing
	var element bytes.Buffer
	encoder := json.NewEncoder(&element)
	encoder.SetEscapeHTML(false)
	for x := range all {
		if result == nil {
			c.out.WriteByte(',')
		}
		element.Reset()
		element.WriteByte('\n')
		if err := encoder.Encode(x); err != nil {
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
