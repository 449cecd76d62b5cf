package pipe

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/spf13/pflag"

	"postern/content"
)

// A usageError says what is wrong with a command line.
type usageError string

func (e usageError) Error() string { return string(e) }

func usagef(format string, args ...any) error { return usageError(fmt.Sprintf(format, args...)) }

// unknown says that there is no such command, and which was probably meant.
func unknown(name, ssh string) error {
	if name == "scp" {
		return usageError("the old protocol of scp isn't spoken here; leave out -O, or use sftp")
	}
	names := func(yield func(string) bool) {
		for _, cmd := range commands() {
			if !yield(cmd.name) {
				return
			}
		}
	}
	if near, ok := content.Nearest(name, names); ok {
		return usagef("there is no command %s here; did you mean %s? All are in: %s help", quoted(name), near, ssh)
	}
	return usagef("there is no command %s here; try: %s help", quoted(name), ssh)
}

// flagError says what pflag says, in our words and without what a terminal could take for more than text.
func flagError(err error) error {
	var unknown *pflag.NotExistError
	var bare *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		return usagef("there is no flag %s", quoted(strings.TrimLeft(unknown.GetSpecifiedName(), "-")))
	case errors.As(err, &bare):
		return usagef("%s needs a value", spelled(bare.GetFlag()))
	case errors.As(err, &invalid):
		return usagef("%s is no value for %s", quoted(invalid.GetValue()), spelled(invalid.GetFlag()))
	}
	return usageError(quoted(err.Error()))
}

// quoted shows what a client has sent: as much as a line holds, what isn't printable escaped.
func quoted(s string) string {
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
