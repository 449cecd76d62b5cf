package command

import (
	"errors"
	"strings"

	"github.com/spf13/pflag"

	"postern/content/problem"
	"postern/sshapp/phrase"
)

// A readerError says to a reader, in their language, why there is no answer: an English format and its arguments, as
// [phrase.Language.Say] has them.
type readerError struct {
	format string
	args   []any
}

func (e *readerError) Error() string { return e.in(nil) }

func (e *readerError) in(words *phrase.Language) string { return words.Say(e.format, e.args...) }

func errorf(format string, args ...any) error { return &readerError{format, args} }

// errNotFound is the error of a command that has nothing to print.
var errNotFound = errorf("nothing found")

// A usageError says what is wrong with a command line.
type usageError struct{ readerError }

func usagef(format string, args ...any) error {
	return &usageError{readerError{format, args}}
}

// inWords returns an error as it is said in a language, if it is for readers. Of errors that are joined each has a line.
func inWords(words *phrase.Language, err error) string {
	switch e := err.(type) {
	case interface{ in(*phrase.Language) string }:
		return e.in(words)
	case interface{ Unwrap() []error }:
		var lines []string
		for _, one := range e.Unwrap() {
			lines = append(lines, inWords(words, one))
		}
		return strings.Join(lines, "\n")
	}
	return err.Error()
}

// flagError returns pflag's error in our own words, with the client's text quoted.
func flagError(err error) error {
	var unknown *pflag.NotExistError
	var missing *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		return usagef("there is no flag %s", problem.Quote(strings.TrimLeft(unknown.GetSpecifiedName(), "-")))
	case errors.As(err, &missing):
		return usagef("%s needs a value", typedFlag(missing.GetFlag()))
	case errors.As(err, &invalid):
		return usagef("%s is not a value for %s", problem.Quote(invalid.GetValue()), typedFlag(invalid.GetFlag()))
	}
	return usagef("%s", problem.Quote(err.Error()))
}

// checkCount returns a usage error if the value of -n is negative.
func checkCount(n int) error {
	if n < 0 {
		return usagef("-n %d is negative", n)
	}
	return nil
}
