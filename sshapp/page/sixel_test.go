package page

import (
	"sync/atomic"
	"testing"
	"testing/synctest"

	"postern/sshapp/admission/work"
	"postern/sshapp/page/theme"
	"postern/sshapp/picture"
)

// TestForSixel: no picture has more pixels than the bound, even in one row or one column.
func TestForSixel(t *testing.T) {
	for _, p := range []Picture{{Columns: 100, Rows: 40}, {Columns: 500, Rows: 1}, {Columns: 1, Rows: 500}} {
		of := picture.Cell{Width: 100, Height: 400}
		got := p.ForSixel(of)
		if n := got.Columns * of.Width * got.Rows * of.Height; n > maxSixel || got.Columns < 1 || got.Rows < 1 {
			t.Errorf("%d columns and %d rows become %d and %d", p.Columns, p.Rows, got.Columns, got.Rows)
		}
	}
}

// TestLowSixel: a picture of one row in a terminal whose cells are lower than a sixel is drawn, and nobody takes its file for damaged.
func TestLowSixel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, e, p := illustratedBlog(t)
		c := NewCache(1 << 20)
		x := c.Illustrated(nil, e, p, 76, theme.Terminal(), Room{Box: picture.Box{Rows: 20, Cell: picture.DefaultCell}}).Pictures[0]
		x.Rows = 1
		a := newTestAsker(work.NewQueue(1, 0), &work.Source{}, nil, &atomic.Int32{})
		low := picture.Cell{Width: 2, Height: 3}
		c.Sixel(a, e, x, theme.Terminal(), low)
		synctest.Wait()
		if len(c.Sixel(a, e, x, theme.Terminal(), low)) == 0 || c.isDamaged(x.sum) {
			t.Error("it isn't drawn")
		}
	})
}
