package linear

import (
	"bufio"
	"context"
	"io"
)

// Run answers the lines of in on out, where a terminal itself lets its user edit a line. It returns when the reader quits, when the
// input ends, or when ctx is done.
func (s *Session) Run(ctx context.Context, in io.Reader, out io.Writer) error {
	lines := make(chan string)
	go func() {
		defer close(lines)
		for scanner := bufio.NewScanner(in); scanner.Scan(); {
			select {
			case lines <- scanner.Text():
			case <-ctx.Done():
				return
			}
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
				return err
			}
			answer = s.Answer(line)
		}
	}
}
