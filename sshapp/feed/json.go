package feed

import (
	"bytes"
	"cmp"
	"encoding/json"
	"io"
	"time"

	"postern/content"
)

// A jsonFeed is the document (https://www.jsonfeed.org/version/1.1/), but for its items.
type jsonFeed struct {
	Version     string `json:"version"`
	Title       string `json:"title"`
	HomePage    string `json:"home_page_url"`
	FeedURL     string `json:"feed_url,omitempty"`
	Description string `json:"description,omitempty"`
	Language    string `json:"language,omitempty"`
}

type jsonItem struct {
	ID        string       `json:"id"`
	URL       string       `json:"url"`
	Title     string       `json:"title"`
	HTML      string       `json:"content_html,omitempty"`
	Text      string       `json:"content_text,omitempty"`
	Summary   string       `json:"summary,omitempty"`
	Published string       `json:"date_published,omitempty"`
	Modified  string       `json:"date_modified,omitempty"`
	Authors   []jsonAuthor `json:"authors,omitempty"`
	Tags      []string     `json:"tags,omitempty"`
	Language  string       `json:"language,omitempty"`
}

type jsonAuthor struct {
	Name string `json:"name"`
}

func (f Feed) json(w io.Writer) error {
	settings := f.Edition.Settings()
	head := jsonFeed{
		Version:     "https://jsonfeed.org/version/1.1",
		Title:       f.title(),
		HomePage:    f.home(),
		Description: settings.Description,
		Language:    settings.Language,
	}
	if f.Self != "" {
		head.FeedURL = f.file(f.Self)
	}
	lead := append(bytes.TrimSuffix(encodeJSON(head), []byte("}")), ",\"items\":["...)
	for _, p := range f.Posts {
		if _, err := w.Write(append(append(lead, '\n'), encodeJSON(f.jsonItem(p))...)); err != nil {
			return err
		}
		lead = []byte(",")
	}
	if len(f.Posts) > 0 {
		lead = nil
	}
	_, err := w.Write(append(lead, "]}\n"...))
	return err
}

func (f Feed) jsonItem(p *content.Post) jsonItem {
	item := jsonItem{
		ID:       postID(p),
		URL:      f.link(p),
		Title:    p.Title,
		Summary:  p.Summary,
		Tags:     tags(p),
		Language: p.Lang,
	}
	if !p.Time.IsZero() {
		item.Published = formatTime(p.Time, time.RFC3339)
	}
	if t := p.Changed(); t.After(p.Time) {
		item.Modified = formatTime(t, time.RFC3339)
	}
	for _, a := range p.Authors {
		item.Authors = append(item.Authors, jsonAuthor{a})
	}
	if f.Brief {
		item.Text = cmp.Or(p.Summary, p.Title)
	} else {
		item.HTML = f.html(p)
	}
	if item.HTML == "" { // one of the two is required
		item.Text = cmp.Or(item.Text, p.Title)
	}
	return item
}

// encodeJSON returns a value on one line. It doesn't escape <, since most strings are HTML.
func encodeJSON(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(v) // strings and slices of them always encode
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
