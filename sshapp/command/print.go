package command

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"postern/content"
	"postern/sshapp/cell"
)

// maxColumn is the width that columns are aligned to at most, in cells. A wider field moves the rest of its row to the right.
const maxColumn = 40

// printPosts prints a line for each post: its date, its address, its title.
func (c *Call) printPosts(edition *content.Edition, posts iter.Seq[*content.Post]) error {
	s := c.styler(false)
	return c.printRows(func(yield func([]string) bool) {
		for p := range posts {
			if !yield([]string{s.faint(p.Day), edition.Address(p), p.Title}) {
				return
			}
		}
	})
}

// printRows prints rows, of which the last column is text. In a pipe there are tabs between the columns. On a terminal the
// columns are aligned, and the text is cut where the line ends. It returns errNotFound if there is no row. It may range over
// rows twice.
func (c *Call) printRows(rows iter.Seq[[]string]) error {
	var widths []int
	if c.Terminal != nil {
		widths = columnWidths(rows)
	}
	err := errNotFound
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

// orNone returns the error of a command that lists what its client has. If that is nothing, it is no error, and said in a sentence.
func (c *Call) orNone(err error, sentence string) error {
	if !errors.Is(err, errNotFound) {
		return err
	}
	var to io.Writer = stderrWriter{c} // a pipe gets rows only
	if c.Terminal != nil {
		to = c.out
	}
	_, err = fmt.Fprintln(to, sentence)
	return err
}

// columnWidths measures all columns but the last.
func columnWidths(rows iter.Seq[[]string]) (widths []int) {
	for row := range rows {
		for i, field := range row[:len(row)-1] {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], min(cell.LineWidth(field), maxColumn))
		}
	}
	return widths
}

func (c *Call) alignRow(row []string, widths []int) string {
	const (
		gap     = 2  // cells between columns
		minText = 20 // cells
	)
	var b strings.Builder
	room := c.Terminal.width()
	last := len(row) - 1
	for i, field := range row[:last] {
		n := max(cell.LineWidth(field), widths[i]) + gap
		b.WriteString(field + cell.Pad(field, n))
		room -= n
	}
	b.WriteString(cell.Cut(row[last], max(room, minText)))
	return b.String()
}

// printJSON prints a JSON object with one list under a name. It writes a line for each element before it takes the next. It
// returns errNotFound if there is no element.
func printJSON[T any](c *Call, name string, all iter.Seq[T]) error {
	fmt.Fprintf(c.out, "{%q: [", name)
	result := errNotFound
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
