// Package problem describes what is wrong with what an author wrote: where, what, and what to write instead.
package problem

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// A Severity says whether a [Problem] is a mistake or a possible one.
type Severity string

const (
	Error   Severity = "error"   // something that the author wrote is not shown as they meant it
	Warning Severity = "warning" // it is shown, and they may have meant something else
)

// A Problem is one thing wrong with what an author wrote: where, what, and what to write instead.
type Problem struct {
	File     string   `json:"file"`   // slash-separated, relative to the directory that was loaded
	Line     int      `json:"line"`   // from 1; 0 when the file as a whole is meant
	Column   int      `json:"column"` // from 1, in bytes; 0 when the line as a whole is meant
	Severity Severity `json:"severity"`
	Message  string   `json:"message"` // what is wrong, in lower case, without a full stop
	Hint     string   `json:"hint"`    // what to do about it; may be empty
}

// String returns the problem as compilers write theirs, which editors and continuous integration know how to read:
// file:line:column: severity: message; hint. Line and column are left out where the whole is meant.
func (p Problem) String() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Line > 0 {
		fmt.Fprintf(&b, ":%d", p.Line)
		if p.Column > 0 {
			fmt.Fprintf(&b, ":%d", p.Column)
		}
	}
	fmt.Fprintf(&b, ": %s: %s", p.Severity, p.Message)
	if p.Hint != "" {
		fmt.Fprintf(&b, "; %s", p.Hint)
	}
	return b.String()
}

// FirstError returns the first problem that is an error; false if there is none.
func FirstError(problems []Problem) (Problem, bool) {
	if i := slices.IndexFunc(problems, func(p Problem) bool { return p.Severity == Error }); i >= 0 {
		return problems[i], true
	}
	return Problem{}, false
}

// Sort sorts problems by file, line, column and message, in place.
func Sort(problems []Problem) {
	slices.SortStableFunc(problems, func(a, b Problem) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), strings.Compare(a.Message, b.Message))
	})
}
