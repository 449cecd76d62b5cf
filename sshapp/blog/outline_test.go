package blog

import (
	"testing"

	"postern/content"
	"postern/sshapp/cell"
	"postern/sshapp/page"
)

// TestSetOutline: no line is wider than the measure, however deep its heading is.
func TestSetOutline(t *testing.T) {
	headings := []page.Heading{{Level: 1, Text: "One"}, {Level: 6, Text: "Six"}}
	for _, title := range []string{"Title", "אבג"} {
		for measure := range 20 {
			for _, line := range SetOutline(&content.Post{Title: title}, headings, measure, 1, "here") {
				if n := cell.LineWidth(line); n > measure {
					t.Errorf("%s: %q has %d cells, of at most %d", title, line, n, measure)
				}
			}
		}
	}
}
