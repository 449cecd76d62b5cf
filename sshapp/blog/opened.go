package blog

import "slices"

// OpenedPosts are the addresses of the posts that a session has opened, each once and in the order of their first opening, for
// the log: at most the first 20.
type OpenedPosts []string

// Add adds the address of a post that is opened.
func (o *OpenedPosts) Add(address string) {
	const maxPosts = 20
	if len(*o) < maxPosts && !slices.Contains(*o, address) {
		*o = append(*o, address)
	}
}
