package state

import (
	"context"
	"errors"
	"strings"
)

// copyAtOnce is how many readers, or counts, are copied at once.
const copyAtOnce = 500

// eraseAll erases what stores keep and count, in SQLite and in PostgreSQL.
const eraseAll = `DELETE FROM readers; DELETE FROM counts; DELETE FROM sketches; DELETE FROM salts`

// Copy has a store keep what another one keeps, and nothing else: all, or what it had. It returns how many readers that is. The salt
// of today is left behind, so who has read today and reads again is counted as another reader.
func Copy(ctx context.Context, to, from Store) (readers int, err error) {
	err = to.Replace(ctx, func(w Writer) error {
		if readers, err = copyReaders(ctx, w, from); err != nil {
			return err
		}
		return copyCounts(ctx, w, from)
	})
	return readers, err
}

// copyReaders copies all readers, and returns how many they are.
func copyReaders(ctx context.Context, to Writer, from Store) (readers int, err error) {
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
			return readers, nil
		}
	}
}

// copyCounts copies all counts.
func copyCounts(ctx context.Context, to Writer, from Store) error {
	for behind := (Key{}); ; {
		counts, err := from.Counts(ctx, behind, copyAtOnce)
		if err != nil {
			return err
		}
		if err := to.AddCounts(ctx, counts); err != nil {
			return err
		}
		if len(counts) < copyAtOnce {
			return nil
		}
		behind = counts[len(counts)-1].Key
	}
}

// copyReader copies a reader, unless they were forgotten in the meantime.
func copyReader(ctx context.Context, to Writer, from Store, id ID) error {
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
