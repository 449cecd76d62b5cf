package feed

import (
	"encoding/xml"
	"io"

	"postern/content"
)

// entries are the posts of a feed in XML: each is made when its turn has come, and is not kept.
type entries struct {
	posts []*content.Post
	entry func(*content.Post) any
}

// MarshalXML implements [xml.Marshaler].
func (s entries) MarshalXML(e *xml.Encoder, start xml.StartElement) error {
	for _, p := range s.posts {
		if err := e.EncodeElement(s.entry(p), start); err != nil {
			return err
		}
	}
	return nil
}

// writeXML writes a document. The encoder replaces what can't stand in XML 1.0, such as U+FFFE, by U+FFFD.
func writeXML(w io.Writer, document any) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", " ")
	if err := e.Encode(document); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
