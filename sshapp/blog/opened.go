package blog

// A OpenedPosts is the addresses of the posts that a session has opened, oldest first, for the log: at most the first 20.
type OpenedPosts []string

// Add adds the address of a post that is opened.
func (t *OpenedPosts) Add(address string) {
	const most = 20
	if len(*t) < most {
		*t = append(*t, address)
	}
}
