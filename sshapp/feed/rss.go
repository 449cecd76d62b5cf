package feed

import (
	"encoding/xml"
	"html"
	"io"
	"time"

	"postern/content"
)

// An rssFeed is the document of an RSS feed (https://www.rssboard.org/rss-specification). The full text, names of authors
// without a mail address, and the date of the last change are in modules that feed readers know.
type rssFeed struct {
	XMLName xml.Name   `xml:"rss"`
	Version string     `xml:"version,attr"`
	Content string     `xml:"xmlns:content,attr"`
	DC      string     `xml:"xmlns:dc,attr"`
	Atom    string     `xml:"xmlns:atom,attr"`
	Channel rssChannel `xml:"channel"`
}

type rssChannel struct {
	Title       string  `xml:"title"`
	Link        string  `xml:"link"`
	Description string  `xml:"description"`
	Language    string  `xml:"language,omitempty"`
	Built       string  `xml:"lastBuildDate,omitempty"`
	Generator   string  `xml:"generator"`
	Items       entries `xml:"item"`
}

type rssItem struct {
	Title       string   `xml:"title"`
	Link        string   `xml:"link"`
	GUID        rssGUID  `xml:"guid"`
	Published   string   `xml:"pubDate,omitempty"`
	Updated     string   `xml:"atom:updated,omitempty"`
	Creators    []string `xml:"dc:creator"`
	Language    string   `xml:"dc:language,omitempty"`
	Categories  []string `xml:"category"`
	Description string   `xml:"description,omitempty"` // HTML
	Content     string   `xml:"content:encoded,omitempty"`
}

type rssGUID struct {
	IsPermaLink bool   `xml:"isPermaLink,attr"`
	ID          string `xml:",chardata"`
}

func (f Feed) rss(w io.Writer) error {
	settings := f.Edition.Settings()
	channel := rssChannel{
		Title:       f.title(),
		Link:        f.home(),
		Description: html.EscapeString(settings.Description),
		Language:    settings.Language,
		Generator:   generator,
		Items:       entries{f.Posts, f.rssItem},
	}
	if t := f.updated(); !t.IsZero() {
		channel.Built = formatTime(t, time.RFC1123Z)
	}
	return writeXML(w, rssFeed{
		Version: "2.0",
		Content: "http://purl.org/rss/1.0/modules/content/",
		DC:      "http://purl.org/dc/elements/1.1/",
		Atom:    "http://www.w3.org/2005/Atom",
		Channel: channel,
	})
}

func (f Feed) rssItem(p *content.Post) any {
	item := rssItem{
		Title:       p.Title,
		Link:        f.link(p),
		GUID:        rssGUID{ID: postID(p)},
		Creators:    p.Authors,
		Language:    p.Lang,
		Categories:  tags(p),
		Description: html.EscapeString(p.Summary),
	}
	if !p.Time.IsZero() {
		item.Published = formatTime(p.Time, time.RFC1123Z)
	}
	if t := p.Changed(); t.After(p.Time) {
		item.Updated = formatTime(t, time.RFC3339)
	}
	if !f.Brief {
		item.Content = f.html(p)
	}
	return item
}
