package lint

import (
	"slices"
	"strconv"

	"postern/content"
	"postern/content/problem"
	"postern/sshapp/cell"
	"postern/sshapp/page"
	"postern/sshapp/page/account"
	"postern/sshapp/page/document"
	"postern/sshapp/page/theme"
)

// The law that no word is lost is held by tests, on any Markdown. Here it is held on one post, for whatever they missed: the
// letters of what its author wrote are the letters of the tree, in order, and the page has as many characters as the tree.
// That costs less than the page itself does; which word is missing is looked for only once one is.

// lost names what a post's page doesn't show, and no rule says why.
func (i *inspector) lost(post *content.Post) {
	texts := account.AppendTexts([]string{post.Title}, i.doc.Root) // the heading that says the same as the title is taken out
	source := account.Of(i.markdown, nil)
	if missing, ok := source.MissingApart(texts); ok {
		i.warnGroup(missing.At, "attributes that are not shown", quoteWord(missing)+" is not on the page, and nothing says why", "write it into the text")
	}
	missing, ok := source.Missing(texts)
	if len(source.Lost) > 0 {
		missing, ok = source.Lost[0], true
	}
	if !ok {
		missing, ok = i.lostByLayout(post)
	}
	if ok {
		i.problems = append(i.problems, finding{at: missing.At, severity: problem.Error, message: quoteWord(missing) + " is not on the page, by a mistake of Postern's",
			hint: "please report it, with the text around it; written another way it may be shown"})
	}
}

func quoteWord(p account.Piece) string {
	if p.Text == "" {
		return "some of the text"
	}
	return "the word " + strconv.Quote(cell.Shorten(p.Text, 40))
}

// lostByLayout returns a word of the tree of blocks that the page doesn't show. It is empty if no single word can be named.
func (i *inspector) lostByLayout(post *content.Post) (account.Piece, bool) {
	some := withoutPlainASCII(i.doc)
	var pieces []account.Piece
	characters := 0
	some.Root.EachLeaf(func(b *document.Block) {
		text := b.Plain()
		pieces = append(pieces, account.Piece{At: b.At, Text: text})
		if b.Kind != document.Figure || !b.Captioned {
			characters += int(document.CountVisible(text))
		}
	})
	set := page.Layout(some, post, page.MaxMeasure, &theme.Theme{})
	if set.Characters() >= characters {
		return account.Piece{}, false
	}
	missing, _ := account.Account{Text: pieces}.Missing(set.Plain())
	return missing, true
}

// withoutPlainASCII returns the tree without what can hardly go wrong: paragraphs and headings of ASCII, which are cut at blanks and
// nothing else. They are most of a post.
func withoutPlainASCII(t *document.Document) *document.Document {
	some := *t
	root := *t.Root
	root.Children = slices.DeleteFunc(slices.Clone(root.Children), func(b *document.Block) bool {
		return (b.Kind == document.Paragraph || b.Kind == document.Heading) && cell.IsASCII(b.Text)
	})
	some.Root, some.Anchors = &root, nil
	return &some
}
