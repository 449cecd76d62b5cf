package state

import (
	"context"
	"errors"
	"strings"
)

// copyAtOnce is how many readers, or counts, are copied at once.
const copyAtOnce = 500

// Copy adds what one store keeps to another, and returns how many readers that was. The salt of today is left behind, so who has
// read today and reads again is counted as another reader.
func Copy(ctx context.Context, to, from Store) (readers int, err error) {
	for behind := (ID{}); ; {
		ids, err := from.IDs(ctx, behind, copyAtOnce)
		if err != nil {
			return readers, err
		}
		for _, id := range ids {
			if err := copyReader(ctx, to, from, id); err != nil {
				return readers, err
			}
			readers++
			behind = id
		}
		if len(ids) < copyAtOnce {
			break
		}
	}
	for behind := (Key{}); ; {
		counts, err := from.Counts(ctx, behind, copyAtOnce)
		if err != nil {
			return readers, err
		}
		if err := to.AddCounts(ctx, counts); err != nil {
			return readers, err
		}
		if len(counts) < copyAtOnce {
			return readers, nil
		}
		behind = counts[len(counts)-1].Key
	}
}

// copyReader copies a reader, unless they were forgotten in the meantime.
func copyReader(ctx context.Context, to, from Store, id ID) error {
	r, err := from.Load(ctx, id)
	if errors.Is(err, ErrUnknown) {
		return nil
	}
	if err != nil {
		return err
	}
	for i, b := range r.Bookmarks { // older programs cut the text inside a character, which PostgreSQL refuses
		r.Bookmarks[i].Text = strings.ToValidUTF8(b.Text, "")
	}
	return to.Save(ctx, id, Change{
		Agreed: true, Seen: r.Seen, Here: r.Here, Before: r.Before, Settings: &r.Settings, Posts: r.Posts, Bookmarks: r.Bookmarks,
	})
}
