package command

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/spf13/pflag"
)

// errNothing ends a call that has found nothing.
var errNothing = errors.New("nothing found")

// A usageError says what is wrong with a command line.
type usageError string

func (e usageError) Error() string { return string(e) }

func usagef(format string, args ...any) error { return usageError(fmt.Sprintf(format, args...)) }

// flagError returns pflag's error in Postern's words, with what the client sent quoted.
func flagError(err error) error {
	var unknown *pflag.NotExistError
	var missing *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		return usagef("there is no flag %s", quote(strings.TrimLeft(unknown.GetSpecifiedName(), "-")))
	case errors.As(err, &missing):
		return usagef("%s needs a value", typedFlag(missing.GetFlag()))
	case errors.As(err, &invalid):
		return usagef("%s is not a value for %s", quote(invalid.GetValue()), typedFlag(invalid.GetFlag()))
	}
	return usageError(quote(err.Error()))
}

// quote quotes what a client has sent, at most 64 bytes of it, and escapes what isn't printable.
func quote(s string) string {
	const most = 64
	if len(s) > most {
		end := most
		for end > 0 && !utf8.RuneStart(s[end]) {
			end--
		}
		s = s[:end] + "…"
	}
	return fmt.Sprintf("%q", s)
}

// checkCount returns a usage error if the value of -n is negative.
func checkCount(n int) error {
	if n < 0 {
		return usagef("-n %d is negative", n)
	}
	return nil
}
