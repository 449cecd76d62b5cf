package command

import (
	"net/url"
	"slices"
	"strings"

	"postern/content"
	"postern/content/problem"
)

// findPost returns the post at an address. Unlisted posts are found, but an error never suggests one.
func findPost(edition *content.Edition, address string) (*content.Post, error) {
	if p, ok := lookupPost(edition, address); ok {
		return p, nil
	}
	return nil, noPost(address, suggest(edition, address))
}

// lookupPost returns the post at an address, which may be written as a link or as the name of a file.
func lookupPost(edition *content.Edition, address string) (*content.Post, bool) {
	if p, ok := edition.Find(address); ok {
		return p, true
	}
	return edition.Find(slugOf(address))
}

// slugOf returns the slug in a link to the blog, in the name of a file as SFTP shows it, or in the address of a web page.
func slugOf(address string) string {
	if u, err := url.Parse(address); err == nil && u.Scheme == "ssh" {
		return u.User.Username()
	}
	return strings.TrimSuffix(strings.TrimSuffix(address, ".md"), ".html")
}

// CatTarget returns the address of the post, with "#" and the anchor of a heading if it has one, in a command line that is
// `cat ADDRESS` and nothing else. A screen can show that.
func CatTarget(edition *content.Edition, line string) (address string, ok bool) {
	args, err := Split(line)
	if err != nil || len(args) != 2 || args[0] != "cat" || strings.HasPrefix(args[1], "-") {
		return "", false
	}
	address, anchor, anchored := strings.Cut(args[1], "#")
	p, ok := lookupPost(edition, address)
	if !ok {
		return "", false
	}
	if address = edition.Address(p); anchored {
		address += "#" + anchor
	}
	return address, true
}

// noPost returns the error for an address that no post has, with the addresses nearest to it.
func noPost(address string, nearest []string) error {
	if len(nearest) == 0 {
		return errorf("there is no post %s", problem.Quote(address))
	}
	return errorf("there is no post %s; the nearest: %s", problem.Quote(address), strings.Join(nearest, ", "))
}

// suggest returns at most three addresses that were probably meant by one that no post has: first those that a few typing
// errors may have turned into it, then those that contain its last part, then those that begin with the first half of that.
func suggest(edition *content.Edition, address string) []string {
	const (
		maxAddresses = 3
		minBytes     = 3 // of what others must contain or begin with
	)
	all := slices.Collect(edition.Addresses())
	var nearest []string
	take := func(i int) {
		nearest = append(nearest, all[i])
		all = slices.Delete(all, i, i+1)
	}
	for len(nearest) < maxAddresses {
		a, ok := problem.Nearest(address, slices.Values(all))
		if !ok {
			break
		}
		take(slices.Index(all, a))
	}
	whole := strings.ToLower(address[strings.LastIndexByte(address, '/')+1:])
	half := whole[:(len(whole)+1)/2]
	contains := func(a string) bool { return len(whole) >= minBytes && strings.Contains(a, whole) }
	begins := func(a string) bool { return len(half) >= minBytes && strings.HasPrefix(a, half) }
	for _, similar := range []func(string) bool{contains, begins} {
		for i := slices.IndexFunc(all, similar); i >= 0 && len(nearest) < maxAddresses; i = slices.IndexFunc(all, similar) {
			take(i)
		}
	}
	return nearest
}
