package pipe

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"postern/content"
)

// unknown says that there is no such command.
func unknown(name, ssh string) error {
	if name == "scp" {
		return usageError("the old protocol of scp isn't spoken here; leave out -O, or use sftp")
	}
	names := func(yield func(string) bool) {
		for _, cmd := range commands() {
			if !yield(cmd.name) {
				return
			}
		}
	}
	if near, ok := content.Nearest(name, names); ok {
		return usagef("there is no command %s here; did you mean %s? All are in: %s help", quoted(name), near, ssh)
	}
	return usagef("there is no command %s here; try: %s help", quoted(name), ssh)
}

// find returns the post at an address, among those that are published now. What is unlisted is found, and never suggested.
func find(now *content.Edition, address string) (*content.Post, error) {
	if p, ok := now.Find(address); ok {
		return p, nil
	}
	near := nearest(now, address)
	if len(near) == 0 {
		return nil, fmt.Errorf("there is no post %s", quoted(address))
	}
	return nil, fmt.Errorf("there is no post %s; the nearest: %s", quoted(address), strings.Join(near, ", "))
}

// nearest returns the addresses that were probably meant by one that leads nowhere, at most three: those that a few slips
// lead to, then those that hold it.
func nearest(now *content.Edition, address string) []string {
	const most, least = 3, 3 // addresses; letters of one that others may hold
	var near []string
	fresh := func(yield func(string) bool) {
		for a := range addresses(now) {
			if !slices.Contains(near, a) && !yield(a) {
				return
			}
		}
	}
	for len(near) < most {
		a, ok := content.Nearest(address, fresh)
		if !ok {
			break
		}
		near = append(near, a)
	}
	part := strings.ToLower(address)
	for a := range fresh {
		if len(near) < most && len(part) >= least && strings.Contains(a, part) {
			near = append(near, a)
		}
	}
	return near
}

// addresses returns those of all that is listed.
func addresses(now *content.Edition) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, posts := range [][]*content.Post{now.Posts(), now.Pages()} {
			for _, p := range posts {
				if !yield(now.Address(p)) {
					return
				}
			}
		}
	}
}
