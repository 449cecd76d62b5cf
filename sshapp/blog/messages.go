package blog

import (
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"postern/content"
	"postern/content/sanitize"
	"postern/content/settings"
)

// Messages of the screens and of the line mode.
const (
	Unpublished  = "This post is no longer published. You can read it to the end."
	NothingFound = "Nothing found. Try fewer letters or words, #tag for posts with a tag, or lang:es for those in a language."
)

// Facts returns what is shown of a post beside its title: the date, the authors, the reading time, the tags.
func Facts(p *content.Post) []string {
	all := []string{p.Day, strings.Join(p.Authors, ", "), strconv.Itoa(p.Minutes()) + " min", strings.Join(p.Tags, ", ")}
	return slices.DeleteFunc(all, func(fact string) bool { return fact == "" })
}

// FetchCommand returns the command that fetches a picture of the blog. It is where the files of SFTP have it.
func FetchCommand(host settings.Host, file string) string { return host.CopyCommand("/images/" + file) }

// LinearCommand returns the command that reads a blog line by line.
func LinearCommand(host settings.Host) string {
	return strings.Replace(host.Command(""), "ssh ", "ssh -t ", 1) + " linear"
}

// NoHeading returns the message for an address whose part behind "#" is the anchor of no heading. At most 40 cells of the name
// are shown, since anyone may have written it.
func NoHeading(name string) string {
	return "No heading of this post is called " + ansi.TruncateWc(sanitize.Text(name), 40, "…") + "."
}
