package problem

// A Position is a place in a file. The zero Position means that the place is not known.
type Position struct {
	Line   int // from 1
	Column int // from 1, in bytes
}
