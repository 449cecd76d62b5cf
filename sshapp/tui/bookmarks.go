package tui

import (
	"slices"
	"time"

	"postern/sshapp/cell"
	"postern/sshapp/state"
)

// bookmarks lists the reader's bookmarks, the newest first.
type bookmarks struct{ menu }

var bookmarksKeys = slices.Concat([]binding{hintedIf((*bookmarks).hasRows, bind((*bookmarks).open, "enter", "open", "enter", "right", "l"))}, menuKeys, []binding{
	hintedIf((*bookmarks).hasRows, bind((*bookmarks).remove, "x", "remove", "x", "delete")),
})

// rows returns the bookmarks in the order of the list.
func (*bookmarks) rows(e env) []state.Bookmark {
	all := e.memory.Bookmarks()
	slices.Reverse(all)
	return all
}

func (b *bookmarks) hasRows(e env) bool { return len(b.rows(e)) > 0 }

func (b *bookmarks) keys() []binding          { return bookmarksKeys }
func (b *bookmarks) title(e env) string       { return e.words.Say("Bookmarks") }
func (b *bookmarks) moveBy(e env, n int) move { return b.menu.moveBy(e, n, len(b.rows(e))) }

func (b *bookmarks) status(e env) string { return b.menu.status(len(b.rows(e))) }

// selected returns the bookmark under the cursor. It is not ok if there is none.
func (b *bookmarks) selected(e env) (selected state.Bookmark, ok bool) {
	all := b.rows(e)
	if len(all) == 0 {
		return selected, false
	}
	_, cursor := b.window(e, len(all))
	return all[cursor], true
}

func (b *bookmarks) open(e env) move {
	selected, ok := b.selected(e)
	if !ok {
		return move{}
	}
	c, ok := e.edition.Find(selected.Post)
	if !ok {
		return e.notice("This post is no longer published. x removes the bookmark.")
	}
	p := newPost(e.edition, c)
	p.goToBookmark(e, selected)
	return opening(p)
}

func (b *bookmarks) remove(e env) move {
	if selected, ok := b.selected(e); ok {
		e.memory.RemoveBookmark(selected)
	}
	return move{}
}

func (b *bookmarks) view(e env) []string {
	measure, margin := e.measure()
	all := b.rows(e)
	lines := b.menu.view(e, b.title(e), measure, len(all), func(i int) (text, day string) {
		text = all[i].Post + "  " + all[i].Text
		if c, ok := e.edition.Find(all[i].Post); ok {
			text = c.Title
			if all[i].Text != c.Title {
				text += ": " + all[i].Text
			}
		}
		return text, all[i].At.Format(time.DateOnly)
	})
	if len(all) == 0 {
		none := e.words.Say("There are none yet. In a post, B keeps one of the text at the top of the screen.")
		lines = append(lines, cell.Indent(cell.WrapToStart(none, measure), margin)...)
	}
	return lines
}
