package publishing

import (
	"fmt"
	"io"
	"slices"
	"time"

	"postern/content"
	"postern/content/publish"
	"postern/content/settings"
)

// A Result is what became of a change that nothing refused.
type Result struct {
	publish.Publication                     // without a generation if nothing has changed, or nothing was to be published
	Addresses           map[string]string   // of the posts that were added or changed, by path; drafts have none
	Notes               map[string]string   // why readers don't see some of these posts, by path
	Again               publish.Publication // the older one that an undo has published again
	DryRun              bool                // nothing was to be published
}

// result returns what became of a change, and shows what was published.
func (p *Publisher) result(done publish.Publication, dryRun bool, err error) (Result, error) {
	r := Result{Publication: done, DryRun: dryRun}
	if err == nil && done.Generation > 0 && !dryRun {
		r.Addresses, r.Notes = p.Published(done)
	}
	return r, err
}

// Published shows readers what Store has published, and returns the addresses of the posts that it has added or changed, and why
// readers don't see some of them, by path. What can't be shown now is in the log, and is tried again by Follow.
func (p *Publisher) Published(done publish.Publication) (addresses, notes map[string]string) {
	_, err := p.show()
	p.Log.Info("published", "generation", done.Generation, "author", done.Author.Name, "key", done.Author.Key, "way", done.Way,
		"added", len(done.Added), "changed", len(done.Changed), "removed", len(done.Removed), "bytes", done.Bytes)
	if err != nil {
		p.Log.Error("show", "generation", done.Generation, "error", err)
		return nil, nil
	}
	return p.describe(done)
}

// ResultOf returns what has become of a change that was published.
func (p *Publisher) ResultOf(done publish.Publication) Result {
	addresses, notes := p.describe(done)
	return Result{Publication: done, Addresses: addresses, Notes: notes}
}

// describe returns the addresses of the posts that a publication has added or changed, but not of drafts, and why readers don't
// see some of them, by path.
func (p *Publisher) describe(done publish.Publication) (addresses, notes map[string]string) {
	touched := map[string]bool{}
	for _, path := range slices.Concat(done.Added, done.Changed) {
		touched[path] = true
	}
	now := p.Site.Library().AllAt(time.Now())
	addresses, notes = map[string]string{}, map[string]string{}
	listsDated := slices.ContainsFunc(now.Posts(), func(q *content.Post) bool { return !q.Time.IsZero() && now.Status(q) == content.Published })
	for _, post := range slices.Concat(now.Posts(), now.Pages()) {
		if !touched[post.Path] {
			continue
		}
		if !post.Draft {
			addresses[post.Path] = now.Address(post)
		}
		switch now.Status(post) {
		case content.Draft:
			notes[post.Path] = "draft: readers don't see it"
		case content.Scheduled, content.Expired:
			notes[post.Path] = now.Schedule(post)
		case content.Published:
			if post.PageForNoDate() || !post.Page && post.Time.IsZero() && listsDated {
				notes[post.Path] = "page, not in the list: no date"
			}
		}
	}
	return addresses, notes
}

// Print prints what was added, changed and removed to stdout, a line each, with the addresses by which readers come there and
// why they don't see a post, and the warnings to stderr.
func (r Result) Print(stdout, stderr io.Writer, host settings.Host) error {
	for _, p := range r.Problems {
		fmt.Fprintln(stderr, p)
	}
	for change, path := range Changes(r.Publication) {
		line := change + "\t" + path
		if address, ok := r.Addresses[path]; ok {
			line += "\t" + host.Link(address)
		}
		if note, ok := r.Notes[path]; ok {
			line += "\t" + note
		}
		if _, err := fmt.Fprintln(stdout, line); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintln(stderr, "postern: "+r.summary())
	return err
}

// summary says what was published and, of an undo, what is public again and what another undo would do.
func (r Result) summary() string {
	switch isUndo := r.Again.Generation > 0; {
	case len(r.Added)+len(r.Changed)+len(r.Removed) == 0:
		return "nothing differs from what is published"
	case r.DryRun && isUndo:
		return "nothing was published, as this was a dry run; the site would be " + r.again()
	case r.DryRun:
		return "nothing was published, as this was a dry run"
	case isUndo:
		return fmt.Sprintf("published as generation %d, %s; another undo would publish generation %d again, and undo N an older one", r.Generation, r.again(), r.Generation-1)
	}
	return fmt.Sprintf("published as generation %d", r.Generation)
}

// again says which generation an undo makes public again.
func (r Result) again() string {
	return fmt.Sprintf("equal to generation %d, of %s by %s", r.Again.Generation, r.Again.Time.UTC().Format("2006-01-02 15:04 MST"), r.Again.Author.Name)
}
