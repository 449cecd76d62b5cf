package cluster

import (
	"context"
	"fmt"

	"postern/content/publish"
)

// A putBackError says that the database is older than what this machine had of it.
type putBackError struct{ found string }

func (e *putBackError) Error() string {
	return e.found + ": it was put back to an older state, and the manual's page \"More than one machine\" says what to do"
}

// compareLogs makes sure that the database has the same generation under the number of the current one as this machine.
func (n *Node) compareLogs(ctx context.Context, site *publish.Site, here int) error {
	if here == 0 || here == n.compared {
		return nil
	}
	log, err := site.Records(here - 1)
	if err != nil || len(log) == 0 {
		return err
	}
	there, err := n.record(ctx, here)
	if err != nil {
		return err
	}
	if !same(there, log[0]) {
		return &putBackError{fmt.Sprintf("the database's generation %d is by %s, and this machine's by %s", here, byWhom(there), byWhom(log[0]))}
	}
	n.compared = here
	return nil
}

// forgetCompared has the logs compared again.
func (n *Node) forgetCompared() {
	n.catching.Lock()
	defer n.catching.Unlock()
	n.compared = 0
}

// same reports whether two records are of one publication.
func same(a, b publish.Publication) bool {
	return a.Generation == b.Generation && a.Author == b.Author && a.Time.Equal(b.Time)
}

func byWhom(p publish.Publication) string {
	return p.Author.Name + " (" + p.Time.UTC().Format("2006-01-02 15:04:05 MST") + ")"
}
