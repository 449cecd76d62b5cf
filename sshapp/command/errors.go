package command

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"postern/content/problem"
)

// errNotFound is the error of a command that has nothing to print.
var errNotFound = errors.New("nothing found")

// A usageError says what is wrong with a command line.
type usageError string

func (e usageError) Error() string { return string(e) }

func usagef(format string, args ...any) error { return usageError(fmt.Sprintf(format, args...)) }

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
	return usageError(problem.Quote(err.Error()))
}

// checkCount returns a usage error if the value of -n is negative.
func checkCount(n int) error {
	if n < 0 {
		return usagef("-n %d is negative", n)
	}
	return nil
}
