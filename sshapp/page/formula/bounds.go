package formula

// The bounds of a formula. The largest of 58,000 in blogs and wikis has 4 KB, is nested 11 deep, and has 63 lines.
const (
	maxSource = 8 << 10 // bytes
	maxDepth  = 40
	maxRows   = 200
	maxWidth  = 500 // cells
)
