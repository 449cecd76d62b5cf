package sshapp

import (
	"context"
	"fmt"
	"slices"

	"postern/content"
	"postern/sshapp/blog"
	"postern/sshapp/publishing"
	"postern/sshapp/reads"
	"postern/sshapp/site"
)

// How many publications the screens show, and files of each. The commands history and diff have all.
const (
	maxHistory = 100
	maxChanges = 200
)

// blogFor returns the blog as a client sees it.
func (s *server) blogFor(c *channel) *blog.Blog {
	if c.identity.isAuthor() && s.config.Site != nil {
		return s.authorBlog()
	}
	return s.config.Blog
}

// authorBlog returns the blog as its author sees it in a session: with drafts and what the clock holds back, and with what is
// wrong; if it is published into, with the desk over it. What can't be read of the desk is in the log, and then what readers see
// is shown.
func (s *server) authorBlog() *blog.Blog {
	author := &site.Author{Site: s.config.Site, Drafts: true}
	b := *s.config.Blog
	b.Edition = author.Edition
	b.Authoring = &blog.Authoring{Problems: author.Problems}
	if p := s.config.Publisher; p != nil {
		author.Newest = func() *content.Library { return s.preview(p).Library }
		b.Authoring.Saved = func(file string) bool { return s.preview(p).Saved[file] }
		b.Authoring.History = func() ([]blog.Publication, error) { return s.history(p) }
	}
	if counter := s.config.Reads; counter != nil {
		b.Authoring.Reads = func(days int) (reads.Summary, error) { return counter.Summarize(context.Background(), "", days) }
	}
	return &b
}

func (s *server) preview(p *publishing.Publisher) publishing.Preview {
	preview, err := p.Preview()
	if err != nil {
		s.config.Log.Error("desk", "error", err)
		return publishing.Preview{Library: p.Site.Library()}
	}
	return preview
}

// history returns the newest publications.
func (s *server) history(p *publishing.Publisher) ([]blog.Publication, error) {
	all, err := p.Store.History(0)
	if err != nil {
		return nil, err
	}
	var listed []blog.Publication
	ssh := s.host().Command(content.AuthorName)
	for _, done := range slices.Backward(all[max(0, len(all)-maxHistory):]) {
		n := done.Generation
		shown := blog.Publication{
			Summary: fmt.Sprintf("%d  %s  %s, %s: %s", n, done.Time.UTC().Format("2006-01-02 15:04"), done.Author.Name, done.Way, publishing.Describe(done)),
			Next:    []string{fmt.Sprintf("to see the lines that changed: %s diff %d", ssh, n)},
		}
		if len(listed) > 0 { // the newest is what is published
			shown.Next = append(shown.Next, fmt.Sprintf("to publish generation %d again: %s undo %d", n, ssh, n))
		}
		for verb, file := range publishing.Changes(done) {
			if len(shown.Changes) == maxChanges {
				shown.Changes = append(shown.Changes, "…")
				break
			}
			shown.Changes = append(shown.Changes, fmt.Sprintf("%-7s  %s", verb, file))
		}
		listed = append(listed, shown)
	}
	return listed, nil
}
