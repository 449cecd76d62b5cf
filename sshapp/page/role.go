package page

// A roleSet says what a stretch of text is, apart from its block: what a theme gives a style to.
type roleSet uint32

const (
	emphasis roleSet = 1 << iota
	strong
	deleted
	inserted
	code
	formulas
	keyboard
	small
	marked
	raised   // <sup>
	lowered  // <sub>
	linkRole // a link's text
	picture  // the alternative text of a picture within a line
	quiet    // what stands back: a placeholder, a file name

	// ours is what no author wrote: a bullet, a number, a frame. It counts neither as words nor in a Position.
	ours
)
