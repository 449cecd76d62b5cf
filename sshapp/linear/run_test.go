package linear_test

import (
	"bufio"
	"errors"
	"io"
	"strings"
	"testing"

	"postern/sshapp/blog"
	"postern/sshapp/linear"
)

// TestRunSaysWhatItCantRead: a line that is too long isn't taken for the end of the input.
func TestRunSaysWhatItCantRead(t *testing.T) {
	b, _ := load(t, exampleBlog(t))
	for input, want := range map[string]error{"list\n": nil, strings.Repeat("x", bufio.MaxScanTokenSize): bufio.ErrTooLong} {
		if err := linear.New(b, blog.Reader{}, "").Run(t.Context(), strings.NewReader(input), io.Discard); !errors.Is(err, want) {
			t.Errorf("%.9q: %v", input, err)
		}
	}
}
