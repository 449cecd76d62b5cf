package main

import (
	"bufio"
	"context"
	"io"

	"postern/sshapp/linear"
)

// converse leads a talk line by line, as a terminal does on which nothing can be drawn. The terminal itself lets its user
// edit the line.
func converse(ctx context.Context, talk *linear.Talk, in io.Reader, out io.Writer) error {
	typed := make(chan string)
	go func() {
		defer close(typed)
		for lines := bufio.NewScanner(in); lines.Scan(); {
			select {
			case typed <- lines.Text():
			case <-ctx.Done():
				return
			}
		}
	}()
	said := talk.Open()
	for {
		if _, err := io.WriteString(out, said); err != nil || talk.Left() {
			return err
		}
		if _, err := io.WriteString(out, talk.Prompt()); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case line, ok := <-typed:
			if !ok {
				_, err := io.WriteString(out, "\n")
				return err
			}
			said = talk.Answer(line)
		}
	}
}
