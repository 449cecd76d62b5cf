package pipe

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"postern/content"
)

// find returns the post at an address, among those that are published now. What is unlisted is found, and never suggested.
func find(now *content.Edition, address string) (*content.Post, error) {
	if p, ok := postAt(now, address); ok {
		return p, nil
	}
	return nil, missing(address, nearest(now, address))
}

// postAt returns the post at an address, which may have the form of a link or of a file.
func postAt(now *content.Edition, address string) (*content.Post, bool) {
	if p, ok := now.Find(address); ok {
		return p, true
	}
	return now.Find(slugOf(address))
}

// slugOf takes off what links of ours, and files that sftp shows, have around a slug.
func slugOf(address string) string {
	if u, err := url.Parse(address); err == nil && u.Scheme == "ssh" {
		return u.User.Username()
	}
	return strings.TrimSuffix(address, ".md")
}

// missing says that there is no post at an address, and which are near it.
func missing(address string, near []string) error {
	if len(near) == 0 {
		return fmt.Errorf("there is no post %s", quoted(address))
	}
	return fmt.Errorf("there is no post %s; the nearest: %s", quoted(address), strings.Join(near, ", "))
}

// nearest returns the addresses that were probably meant by one that leads nowhere, at most three: those that a few slips
// lead to, then those that hold it, then those that begin as its first half does.
func nearest(now *content.Edition, address string) []string {
	const most, least = 3, 3 // addresses; bytes of what others must hold or begin with
	all := slices.Collect(now.Addresses())
	var near []string
	take := func(i int) {
		near = append(near, all[i])
		all = slices.Delete(all, i, i+1)
	}
	for a, ok := content.Nearest(address, slices.Values(all)); ok && len(near) < most; a, ok = content.Nearest(address, slices.Values(all)) {
		take(slices.Index(all, a))
	}
	whole := strings.ToLower(address)
	half := whole[:(len(whole)+1)/2]
	holds := func(a string) bool { return len(whole) >= least && strings.Contains(a, whole) }
	begins := func(a string) bool { return len(half) >= least && strings.HasPrefix(a, half) }
	for _, alike := range []func(string) bool{holds, begins} {
		for i := slices.IndexFunc(all, alike); i >= 0 && len(near) < most; i = slices.IndexFunc(all, alike) {
			take(i)
		}
	}
	return near
}
