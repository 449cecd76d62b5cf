package problem

import (
	"errors"
	"io/fs"

	"postern/content/sanitize"
)

// Reason returns what an error says on one line, without the operation and the path that people see beside it.
func Reason(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	return sanitize.Line(err.Error())
}
