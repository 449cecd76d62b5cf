package publishing

import (
	"fmt"
	"io"
	"slices"

	"postern/content"
	"postern/content/publish"
	"postern/content/settings"
)

// A Result is what became of a change that nothing refused.
type Result struct {
	publish.Publication                   // without a generation if nothing has changed, or nothing was to be published
	Addresses           map[string]string // of the posts that were added or changed, by path; drafts have none
	DryRun              bool              // nothing was to be published
}

// result returns what became of a change, and shows what was published.
func (p *Publisher) result(done publish.Publication, dryRun bool, err error) (Result, error) {
	r := Result{Publication: done, DryRun: dryRun}
	if err == nil && done.Generation > 0 && !dryRun {
		r.Addresses = p.Published(done)
	}
	return r, err
}

// Published shows readers what Store has published, and returns the addresses of the posts that it has added or changed, by
// path. What can't be shown now is in the log, and is tried again by Follow.
func (p *Publisher) Published(done publish.Publication) map[string]string {
	_, err := p.show()
	p.Log.Info("published", "generation", done.Generation, "author", done.Author.Name, "key", done.Author.Key, "way", done.Way,
		"added", len(done.Added), "changed", len(done.Changed), "removed", len(done.Removed), "bytes", done.Bytes)
	if err != nil {
		p.Log.Error("show", "generation", done.Generation, "error", err)
		return nil
	}
	return p.addresses(done)
}

// addresses returns the addresses of the posts that a publication has added or changed, and that readers can reach, by path.
func (p *Publisher) addresses(done publish.Publication) map[string]string {
	touched := map[string]bool{}
	for _, path := range slices.Concat(done.Added, done.Changed) {
		touched[path] = true
	}
	now := p.Site.Library().All()
	all := map[string]string{}
	for _, posts := range [][]*content.Post{now.Posts(), now.Pages()} {
		for _, post := range posts {
			if touched[post.Path] && !post.Draft {
				all[post.Path] = now.Address(post)
			}
		}
	}
	return all
}

// Print prints what was added, changed and removed to stdout, a line each, with the addresses by which readers come there, and
// the warnings to stderr.
func (r Result) Print(stdout, stderr io.Writer, host settings.Host) error {
	for _, p := range r.Problems {
		fmt.Fprintln(stderr, p)
	}
	for _, part := range []struct {
		verb  string
		paths []string
	}{{"added", r.Added}, {"changed", r.Changed}, {"removed", r.Removed}} {
		for _, path := range part.paths {
			line := part.verb + "\t" + path
			if address, ok := r.Addresses[path]; ok {
				line += "\t" + host.Link(address)
			}
			if _, err := fmt.Fprintln(stdout, line); err != nil {
				return err
			}
		}
	}
	_, err := fmt.Fprintln(stderr, "postern: "+r.summary())
	return err
}

func (r Result) summary() string {
	switch {
	case len(r.Added)+len(r.Changed)+len(r.Removed) == 0:
		return "nothing differs from what is published"
	case r.DryRun:
		return "nothing was published, as this was a dry run"
	}
	return fmt.Sprintf("published as generation %d", r.Generation)
}
