package blog

// OpenedPosts are the addresses of the posts that a session has opened, in that order, for the log: at most the first 20.
type OpenedPosts []string

// Add adds the address of a post that is opened.
func (o *OpenedPosts) Add(address string) {
	const maxPosts = 20
	if len(*o) < maxPosts {
		*o = append(*o, address)
	}
}
