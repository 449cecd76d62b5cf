package tui

// A Trail is what a session has read, for the log: the addresses of the posts that it opened, oldest first, and no more
// than the first 20 of them.
type Trail []string

// Note adds the address of a post that is opened.
func (t *Trail) Note(address string) {
	const most = 20
	if len(*t) < most {
		*t = append(*t, address)
	}
}
