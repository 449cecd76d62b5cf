package feed

import (
	"encoding/xml"
	"io"
	"time"

	"postern/content"
)

// An atomFeed is the document of an Atom feed (RFC 4287, section 4.1.1).
type atomFeed struct {
	XMLName   xml.Name   `xml:"http://www.w3.org/2005/Atom feed"`
	Lang      string     `xml:"xml:lang,attr,omitempty"`
	ID        string     `xml:"id"`
	Title     string     `xml:"title"`
	Subtitle  string     `xml:"subtitle,omitempty"`
	Updated   string     `xml:"updated"`
	Links     []atomLink `xml:"link"`
	Author    atomPerson `xml:"author"` // of entries that name no author
	Generator string     `xml:"generator"`
	Entries   entries    `xml:"entry"`
}

type atomEntry struct {
	Lang       string         `xml:"xml:lang,attr,omitempty"`
	ID         string         `xml:"id"`
	Title      string         `xml:"title"`
	Link       atomLink       `xml:"link"`
	Published  string         `xml:"published,omitempty"`
	Updated    string         `xml:"updated"`
	Authors    []atomPerson   `xml:"author"`
	Categories []atomCategory `xml:"category"`
	Summary    string         `xml:"summary,omitempty"`
	Content    *atomContent   `xml:"content"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
}

type atomPerson struct {
	Name string `xml:"name"`
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

// An atomContent is escaped HTML (section 3.1.1.2).
type atomContent struct {
	Type string `xml:"type,attr"`
	Body string `xml:",chardata"`
}

func (f Feed) atom(w io.Writer) error {
	settings := f.Edition.Settings()
	feed := atomFeed{
		Lang:      settings.Language,
		ID:        f.id(),
		Title:     f.title(),
		Subtitle:  settings.Description,
		Updated:   atomTime(f.updated()),
		Links:     []atomLink{{"alternate", f.home()}},
		Author:    atomPerson{settings.Title},
		Generator: generator,
		Entries:   entries{f.Posts, f.atomEntry},
	}
	if f.Self != "" {
		feed.Links = append(feed.Links, atomLink{"self", f.file(f.Self)})
	}
	return writeXML(w, feed)
}

func (f Feed) atomEntry(p *content.Post) any {
	e := atomEntry{
		Lang:    p.Lang,
		ID:      postID(p),
		Title:   p.Title,
		Link:    atomLink{"alternate", f.link(p)},
		Updated: atomTime(p.Changed()),
		Summary: p.Summary,
	}
	if !p.Time.IsZero() {
		e.Published = formatTime(p.Time, time.RFC3339)
	}
	for _, a := range p.Authors {
		e.Authors = append(e.Authors, atomPerson{a})
	}
	for _, t := range tags(p) {
		e.Categories = append(e.Categories, atomCategory{t})
	}
	if !f.Brief {
		e.Content = &atomContent{"html", f.html(p)}
	}
	return e
}

// atomTime formats a date that Atom requires. A missing one is the Unix epoch rather than the present, so that the same posts
// give the same bytes.
func atomTime(t time.Time) string {
	if t.IsZero() {
		t = time.Unix(0, 0).UTC()
	}
	return formatTime(t, time.RFC3339)
}
