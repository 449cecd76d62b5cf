package linear

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"io"
)

// Run answers the lines of in on out, where a terminal itself lets its user edit a line. It returns when the reader quits, when the
// input ends or can't be read, or when ctx is done. A goroutine that reads in stays until that gives it something, or fails.
func (s *Session) Run(ctx context.Context, in io.Reader, out io.Writer) error {
	lines := make(chan string)
	var readErr error // once lines is closed
	go func() {
		defer close(lines)
		scanner := bufio.NewScanner(in)
		for scanner.Scan() {
			select {
			case lines <- scanner.Text():
			case <-ctx.Done():
				return
			}
		}
		if err := scanner.Err(); err != nil {
			readErr = fmt.Errorf("a line can't be read: %w", err)
		}
	}()
	answer := s.Greeting()
	for {
		if _, err := io.WriteString(out, answer); err != nil || s.HasQuit() {
			return err
		}
		if _, err := io.WriteString(out, s.Prompt()); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case line, ok := <-lines:
			if !ok {
				_, err := io.WriteString(out, "\n")
				return cmp.Or(readErr, err)
			}
			answer = s.Answer(line)
		}
	}
}
