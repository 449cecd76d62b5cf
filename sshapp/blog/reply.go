package blog

import (
	"cmp"
	"net/url"
	"strings"

	"postern/content"
	"postern/sshapp/cell"
)

// ReplyTo returns the URL by which readers write to the author of a post: for mail, with the post's title as the subject. It is
// empty if they are not to write.
func ReplyTo(e *content.Edition, p *content.Post) string {
	to := cmp.Or(p.Reply, e.Settings().Reply)
	if to == content.NoReply {
		return ""
	}
	if strings.HasPrefix(strings.ToLower(to), "mailto:") && !strings.Contains(to, "?") {
		const maxTitle = 100 // characters; the whole URL has a bound
		subject := url.QueryEscape("Re: " + cell.Shorten(p.Title, maxTitle))
		to += "?subject=" + strings.ReplaceAll(subject, "+", "%20")
	}
	return to
}

// ReplyName returns what readers are shown of a URL of ReplyTo: the mail address alone.
func ReplyName(to string) string {
	if name, ok := strings.CutPrefix(to, "mailto:"); ok {
		to, _, _ = strings.Cut(name, "?")
	}
	return to
}
