package document

// A Kind is what a block is. Leaves hold text; the others hold blocks.
type Kind uint8

const (
	Paragraph Kind = iota // leaves
	Heading
	CodeBlock // code
	MathBlock
	Figure
	Caption
	Summary
	Term
	TableCell
	ThematicBreak
	endOfLeaves

	documentRoot // containers
	BlockQuote
	Alert
	List
	ListItem
	Details
	Description
	Table
	TableRow
	Footnotes
	Footnote
)

// A Block is a node of the tree.
type Block struct {
	Kind     Kind
	Text     []byte
	Runs     []Run
	Children []*Block

	Level  int    // of a heading: from 1 to 6
	Anchor string // of a heading: its name in "#…", unique in the post: the author's, or one like GitHub's

	Start   int  // of a numbered list: the number of its first item
	Ordered bool // of a list: it is numbered
	Tight   bool // of a list or a description: no blank lines stand between its parts
	Task    Task // of an item

	Alert string // of an alert: its kind, one of GitHub's five; empty for one that is unknown
	Label string // of an alert: what its author calls it, in a capital letter

	Language string      // of a listing
	Align    []Alignment // of a row: for each of its cells
	Header   bool        // of a row or a cell: it names what stands below it
	Number   int         // of a footnote

	Media     string // of a figure: "image", or the element that embeds it, such as "video"
	File      string // of a figure: what to call its file
	Captioned bool   // of a figure: its caption says what its alternative text says

	Link int // of a figure or a footnote: where it leads, as in a run
	At   int // where in the source, in bytes
}

// A Task is whether an item of a list is something to be done.
type Task uint8

const (
	NoTask Task = iota
	OpenTask
	DoneTask
)

type Alignment uint8

const (
	AlignLeft Alignment = iota
	AlignCenter
	AlignRight
)
