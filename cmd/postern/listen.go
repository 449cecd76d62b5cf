package main

import (
	"bufio"
	"context"
	"io"

	"postern/sshapp/linear"
)

// listen reads a blog line by line on this terminal. The terminal itself lets its user edit a line. It returns when the
// reader quits, when the input ends, or when ctx is done.
func listen(ctx context.Context, talk *linear.Session, in io.Reader, out io.Writer) error {
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
	answer := talk.Greeting()
	for {
		if _, err := io.WriteString(out, answer); err != nil || talk.HasQuit() {
			return err
		}
		if _, err := io.WriteString(out, talk.Prompt()); err != nil {
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
			answer = talk.Answer(line)
		}
	}
}
