package document

// Roles are what a stretch of text is, apart from its block.
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
	LinkText // a link's text
	AltText  // the alternative text of a picture within a line
	Quiet    // text of less weight: a placeholder, the name of a file

	// Generated is text that no author wrote, such as the number of a footnote.
	Generated
)
