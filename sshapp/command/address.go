package command

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"postern/content"
	"postern/content/problem"
)

// findPost returns the post at an address, among those that are published now. Unlisted posts are found, but never suggested.
func findPost(now *content.Edition, address string) (*content.Post, error) {
	if p, ok := lookupPost(now, address); ok {
		return p, nil
	}
	return nil, notFound(address, suggest(now, address))
}

// lookupPost returns the post at an address, which may be written as a link or as the name of a file.
func lookupPost(now *content.Edition, address string) (*content.Post, bool) {
	if p, ok := now.Find(address); ok {
		return p, true
	}
	return now.Find(slugOf(address))
}

// slugOf returns the slug in a link to the blog, or in the name of a file as SFTP shows it.
func slugOf(address string) string {
	if u, err := url.Parse(address); err == nil && u.Scheme == "ssh" {
		return u.User.Username()
	}
	return strings.TrimSuffix(address, ".md")
}

// Opens returns the address of a post, with "#" and a heading if there is one, if a command line is `cat ADDRESS` and no
// more, which screens can show.
func Opens(now *content.Edition, line string) (address string, ok bool) {
	args, err := Split(line)
	if err != nil || len(args) != 2 || args[0] != "cat" || strings.HasPrefix(args[1], "-") {
		return "", false
	}
	address, anchor, anchored := strings.Cut(args[1], "#")
	p, ok := lookupPost(now, address)
	if !ok {
		return "", false
	}
	if address = now.Address(p); anchored {
		address += "#" + anchor
	}
	return address, true
}

// notFound returns the error for an address that no post has, with the addresses near it.
func notFound(address string, near []string) error {
	if len(near) == 0 {
		return fmt.Errorf("there is no post %s", quote(address))
	}
	return fmt.Errorf("there is no post %s; the nearest: %s", quote(address), strings.Join(near, ", "))
}

// suggest returns at most three addresses that were probably meant by one that no post has: those at a distance of a few
// typing errors, then those that contain it, then those that begin with its first half.
func suggest(now *content.Edition, address string) []string {
	const most, least = 3, 3 // addresses; bytes that others must contain or begin with
	all := slices.Collect(now.Addresses())
	var near []string
	take := func(i int) {
		near = append(near, all[i])
		all = slices.Delete(all, i, i+1)
	}
	for a, ok := problem.Nearest(address, slices.Values(all)); ok && len(near) < most; a, ok = problem.Nearest(address, slices.Values(all)) {
		take(slices.Index(all, a))
	}
	whole := strings.ToLower(address)
	half := whole[:(len(whole)+1)/2]
	contains := func(a string) bool { return len(whole) >= least && strings.Contains(a, whole) }
	begins := func(a string) bool { return len(half) >= least && strings.HasPrefix(a, half) }
	for _, similar := range []func(string) bool{contains, begins} {
		for i := slices.IndexFunc(all, similar); i >= 0 && len(near) < most; i = slices.IndexFunc(all, similar) {
			take(i)
		}
	}
	return near
}
