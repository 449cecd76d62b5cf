package blog

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"postern/content"
	"postern/content/problem"
	"postern/content/sanitize"
	"postern/content/settings"
	"postern/sshapp/phrase"
)

// Messages of the screens and of the line mode, in English.
const (
	Unpublished  = "This post is no longer published. You can read it to the end."
	NothingFound = "Nothing found. Try fewer letters or words, #tag for posts with a tag, @name for those of an author, or lang:es for those in a language."
)

// Facts returns what is shown of a post beside its title: the date, the authors, the reading time, the tags.
func Facts(words *phrase.Language, p *content.Post) []string {
	all := []string{words.Date(p.Day), strings.Join(p.Authors, ", "), words.Say("%d min", p.Minutes()), strings.Join(p.Tags, ", ")}
	return slices.DeleteFunc(all, func(fact string) bool { return fact == "" })
}

// FetchCommand returns the command that fetches a picture of the blog. It is where the files of SFTP have it.
func FetchCommand(host settings.Host, file string) string { return host.CopyCommand("/images/" + file) }

// LinearCommand returns the command that reads a blog line by line.
func LinearCommand(host settings.Host) string {
	return strings.Replace(host.Command(""), "ssh ", "ssh -t ", 1) + " linear"
}

// NearPost returns the message for an address that no post has, with the one that was probably meant. It is empty if none is
// near: where no address was typed, clients send the name of the reader's account.
func NearPost(e *content.Edition, words *phrase.Language, address string) string {
	slugs := func(yield func(string) bool) {
		for _, posts := range [][]*content.Post{e.Posts(), e.Pages()} {
			for _, p := range posts {
				if !yield(p.Slug) {
					return
				}
			}
		}
	}
	nearest, ok := problem.Nearest(address, slugs)
	if !ok {
		return ""
	}
	return words.Say("There is no post %s. The nearest is %s.", shorten(address), nearest)
}

// shorten returns at most 40 cells of what anyone may have written.
func shorten(s string) string { return ansi.TruncateWc(sanitize.Text(s), 40, "…") }

// NoHeading returns the message for an address whose part behind "#" is the anchor of no heading.
func NoHeading(words *phrase.Language, name string) string {
	return words.Say("No heading of this post is called %s.", shorten(name))
}
