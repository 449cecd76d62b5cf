package document

// A Roles says what a stretch of text is, apart from its block: what a theme gives a style to.
type Roles uint32

const (
	Emphasis Roles = 1 << iota
	Strong
	Deleted
	Inserted
	Code
	Math
	Keyboard
	Small
	Marked
	Superscript // <sup>
	Subscript   // <sub>
	LinkText    // a link's text
	AltText     // the alternative text of a picture within a line
	Quiet       // what stands back: a placeholder, a file name

	// Generated is what no author wrote: a bullet, a number, a frame. It counts neither as words nor in a Position.
	Generated
)
