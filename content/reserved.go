package content

import (
	"fmt"
	"slices"

	"postern/content/problem"
)

// Names under which clients prove a key. A post of such an address can't be opened by it.
const (
	AuthorName = "author" // for who may publish
	MemberName = "me"     // for a reader who wants to be known again
)

// IsReserved reports whether a client that comes under a user name is not one who asks for a post.
func IsReserved(user string) bool { return user == AuthorName || user == MemberName }

// reportReserved names the posts whose addresses are reserved.
func (l *Library) reportReserved() {
	for _, p := range l.posts {
		if !IsReserved(p.Slug) {
			continue
		}
		reserved := problem.Problem{File: p.Path, Severity: problem.Error,
			Message: fmt.Sprintf("its address would be %s, and ssh %s@… is for who proves a key", problem.Quote(p.Slug), p.Slug),
			Hint:    "give it another `slug:`"}
		if slices.Contains(p.source.claims, p.Slug) {
			reserved.Line, reserved.Column = p.source.claimed.Line, p.source.claimed.Column
		}
		l.problems = append(l.problems, reserved)
	}
}
