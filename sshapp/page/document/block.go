package document

// A Kind says what a block is. Leaves hold text; containers hold blocks.
type Kind uint8

const (
	noKind Kind = iota

	Paragraph // leaves
	Heading
	CodeBlock
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
	Speech
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
	Text     []byte   // of a leaf
	Runs     []Run    // of the whole text, in order
	Children []*Block // of a container

	Level  int    // of a heading: from 1 to 6
	Anchor string // of a heading: its name in "#…", unique in the post: the author's, or one like GitHub's

	Start   int  // of a numbered list: the number of its first item
	Ordered bool // of a list: it is numbered
	Tight   bool // of a list or a description: no blank lines stand between its parts
	Task    Task // of an item

	Alert string // of an alert: its kind, one of GitHub's five; empty for one that is unknown
	Label string // of an alert: what its author calls it, with a capital letter; of a speech: who speaks; of a code block: its title, such as the name of its file

	Language string      // of a code block; may be empty
	Align    []Alignment // of a row: for each of its cells
	Header   bool        // of a row or a cell: it names what stands below it
	Column   int         // of a cell: the first of its columns, from 0
	Columns  int         // of a table or a cell: how many it has
	Rows     int         // of a cell: how many it reaches over, from its own on down
	Number   int         // of a footnote

	Media     string // of a figure: "image", or the element that embeds it, such as "video"
	File      string // of a figure: what to call its file, or "video · example.com/v", in the language of the post, for what is no image
	Captioned bool   // of a figure: its caption says what its alternative text says

	Link int // of a figure or a footnote: where it leads, as in a Run
	At   int // where in the source, in bytes
}

// A Task says whether an item of a list is something to be done.
type Task uint8

const (
	NoTask Task = iota
	OpenTask
	DoneTask
)

// An Alignment is where the text of a cell stands in its column.
type Alignment uint8

const (
	AlignLeft Alignment = iota
	AlignCenter
	AlignRight
)

// EachLeaf calls f for each leaf of a block, in order.
func (b *Block) EachLeaf(f func(*Block)) {
	if b.Kind < endOfLeaves {
		f(b)
	}
	for _, c := range b.Children {
		c.EachLeaf(f)
	}
}
