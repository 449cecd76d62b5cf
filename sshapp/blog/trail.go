package blog

// A Trail is the addresses of the posts that a session has opened, oldest first, for the log: at most the first 20.
type Trail []string

// Add adds the address of a post that is opened.
func (t *Trail) Add(address string) {
	const most = 20
	if len(*t) < most {
		*t = append(*t, address)
	}
}
