package blog

import (
	"github.com/charmbracelet/x/ansi"

	"postern/content/sanitize"
)

// What screens and lines both tell a reader.
const (
	Unpublished  = "This post is published no more. You can read it to its end."
	NothingFound = "Nothing found. Try fewer letters or words, #tag for posts with a tag, or lang:es for those in a language."
)

// NoHeading returns what a reader is told when no heading of a post has the name behind "#" in an address. Anyone may have
// written the name, so at most 40 cells of it are shown.
func NoHeading(name string) string {
	return "No heading of this post is called " + ansi.TruncateWc(sanitize.Text(name), 40, "…") + "."
}
