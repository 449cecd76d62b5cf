package feed

import (
	"encoding/xml"
	"io"

	"postern/content"
)

// entries are the posts of a feed in XML. Each is made when it is written, and is not kept.
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

// writeXML writes a document. The encoder replaces characters that XML 1.0 doesn't allow, such as U+FFFE, by U+FFFD.
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
