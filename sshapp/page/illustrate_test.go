package page

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"path"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"github.com/charmbracelet/x/ansi"

	"postern/content"
	"postern/sshapp/admission/work"
	"postern/sshapp/page/theme"
	"postern/sshapp/picture"
)

const illustrated = `Before.

![A wide one](../images/wide.png)
<small>The sea, at *noon*</small>

![](/images/high.png)

> - ![In a list](../images/wide.png)
> - text

[![Linked](../images/small.png)](https://example.com)

![A caption](../images/wide.png "A caption")

![Elsewhere](https://example.com/x.png) and ![within a line](../images/small.png)

![Far](https://example.com/y.png)

![None](../images/none.png)

![A drawing](../images/drawing.svg)

![Broken](../images/broken.png)

![Secret](../../etc/secret.png)

After.
`

// pictureFile returns the file of a picture in one colour.
func pictureFile(width, height int) *fstest.MapFile {
	img := image.NewPaletted(image.Rect(0, 0, width, height), color.Palette{color.RGBA{200, 40, 40, 255}})
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		panic(err)
	}
	return &fstest.MapFile{Data: b.Bytes(), ModTime: time.Unix(1, 0)}
}

func illustratedBlog(t testing.TB) (fstest.MapFS, *content.Edition, *content.Post) {
	files := fstest.MapFS{
		"posts/one.md":       {Data: []byte("---\ntitle: One\ndate: 2020-01-01\n---\n\n" + illustrated)},
		"images/wide.png":    pictureFile(400, 100),
		"images/high.png":    pictureFile(50, 400),
		"images/small.png":   pictureFile(4, 4),
		"images/drawing.svg": {Data: []byte("<svg/>")},
		"images/broken.png":  {Data: []byte("\x89PNG\r\n\x1a\nand no more")},
	}
	return files, editionOf(t, files), postOf(t, files)
}

func editionOf(t testing.TB, files fs.FS) *content.Edition {
	lib, err := content.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	return lib.AllAt(time.Unix(1<<31, 0))
}

func postOf(t testing.TB, files fs.FS) *content.Post {
	p, ok := editionOf(t, files).Find("one")
	if !ok {
		t.Fatal("no post")
	}
	return p
}

// TestIllustratedPages: a page with pictures holds all laws. Each that stands alone and is in the blog has a room, and no other.
func TestIllustratedPages(t *testing.T) {
	_, e, p := illustratedBlog(t)
	c := NewCache(64 << 20)
	for _, th := range themes() {
		for _, width := range []int{20, 21, 40, 76, 100} {
			for _, rows := range []int{1, 2, 5, 20} {
				box := picture.Box{Rows: rows, Cell: picture.DefaultCell}
				got := c.Illustrated(nil, e, p, width, th, Room{Box: box})
				holdPage(t, p, got, width, th)
				var files []string
				for _, x := range got.Pictures {
					files = append(files, x.File)
					if x.Rows > rows || x.First < 0 || x.First+x.Rows > len(got.Lines) || x.Left+x.Columns > width {
						t.Fatalf("%s at %d: %+v", th.Name, width, x)
					}
					for _, l := range got.Lines[x.First : x.First+x.Rows] {
						if n := ansi.StringWidth(l); n != x.Left+x.Columns {
							t.Errorf("%s at %d: %+v has the line %q", th.Name, width, x, l)
						}
					}
				}
				want := "images/wide.png images/high.png images/wide.png images/small.png images/wide.png"
				if th == Spoken() {
					want = ""
				}
				if got := strings.Join(files, " "); got != want {
					t.Errorf("%s at %d: %s", th.Name, width, got)
				}
			}
		}
	}
}

// TestRightToLeftPictures: in a post whose title is in Arabic or Hebrew, pictures stand at the right, and the names of their files below
// them.
func TestRightToLeftPictures(t *testing.T) {
	files := fstest.MapFS{
		"one.md":    {Data: []byte("---\ntitle: سلام\ndate: 2020-01-01\nslug: one\n---\n\n![](small.png)\n\n![دریا](small.png)\n\n- ![](small.png)\n")},
		"small.png": pictureFile(60, 60),
	}
	p, box := postOf(t, files), picture.Box{Rows: 20, Cell: picture.DefaultCell}
	got := NewCache(1<<20).Illustrated(nil, editionOf(t, files), p, 76, theme.Terminal(), Room{Box: box})
	holdPage(t, p, got, 76, theme.Terminal())
	plain := got.Plain()
	for i, right := range []bool{true, true, false} { // in a list it stays beside what marks the list
		x := got.Pictures[i]
		if (x.Left+x.Columns == 76) != right || ansi.StringWidth(plain[x.First]) != x.Left+x.Columns {
			t.Errorf("picture %d: %+v\n%s", i, x, strings.Join(plain, "\n"))
		}
	}
	if x := got.Pictures[0]; plain[x.First+x.Rows] != strings.Repeat(" ", 76-len("small.png"))+"small.png" {
		t.Errorf("below is %q", plain[x.First+x.Rows])
	}
}

// TestWithoutPictures: a post without any, and a reader who wants none, share the page of all others.
func TestWithoutPictures(t *testing.T) {
	_, e, p := illustratedBlog(t)
	c, box := NewCache(1<<20), picture.Box{Rows: 20, Cell: picture.DefaultCell}
	words := essay()
	if c.Illustrated(nil, e, words, 76, theme.Terminal(), Room{Box: box}) != c.Page(nil, words, 76, theme.Terminal()) {
		t.Error("a post without pictures has two pages")
	}
	if c.Illustrated(nil, e, p, 76, theme.Terminal(), Room{}) != c.Page(nil, p, 76, theme.Terminal()) {
		t.Error("captions have two pages")
	}
	if n := testing.AllocsPerRun(100, func() { c.Illustrated(nil, e, p, 76, theme.Terminal(), Room{Box: box}) }); n > 0 {
		t.Errorf("a page with pictures from the cache takes %v allocations", n)
	}
}

// TestChangedPicture: a picture that changes has its new room a second later.
func TestChangedPicture(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		files, e, p := illustratedBlog(t)
		c, box := NewCache(1<<20), picture.Box{Rows: 20, Cell: picture.DefaultCell}
		before := c.Illustrated(nil, e, p, 76, theme.Terminal(), Room{Box: box})
		text := c.IllustratedText(nil, e, p, 76, theme.Terminal(), Room{Box: box})
		if n := text.Find(nil, "after").Line(0); before.Lines[n] != "After." {
			t.Errorf("it is found on line %d", n)
		}
		files["images/wide.png"] = pictureFile(400, 400)
		if c.Illustrated(nil, e, p, 76, theme.Terminal(), Room{Box: box}) != before {
			t.Error("files are looked at for each frame")
		}
		time.Sleep(recheckAfter)
		after := c.Illustrated(nil, e, p, 76, theme.Terminal(), Room{Box: box})
		if after.Pictures[0].Rows <= before.Pictures[0].Rows {
			t.Errorf("%+v, then %+v", before.Pictures[0], after.Pictures[0])
		}
		files["images/broken.png"] = pictureFile(4, 4)
		time.Sleep(recheckAfter)
		if n := len(c.Illustrated(nil, e, p, 76, theme.Terminal(), Room{Box: box}).Pictures); n != 6 {
			t.Errorf("%d pictures", n)
		}
	})
}

// newTestAsker returns an asker that counts how often it is told that something is ready.
func newTestAsker(q *work.Queue, from *work.Source, gone <-chan struct{}, told *atomic.Int32) *Asker {
	return NewAsker(func() *work.Turn { return q.Turn(from, gone) }, func() { told.Add(1) })
}

// TestDrawn: a picture is drawn once for all who ask, beside them, and fills its room.
func TestDrawn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, e, p := illustratedBlog(t)
		c := NewCache(1 << 20)
		page := c.Illustrated(nil, e, p, 76, theme.Terminal(), Room{Box: picture.Box{Rows: 20, Cell: picture.DefaultCell}})
		q := work.NewQueue(1, 0)
		var first, second atomic.Int32
		a, b := newTestAsker(q, &work.Source{}, nil, &first), newTestAsker(q, &work.Source{}, nil, &second)
		busy := make(chan struct{})
		go q.Turn(&work.Source{}, nil).Do(work.Find, 1, func() { <-busy })
		synctest.Wait() // so that nothing is drawn while it is asked for
		for range 3 {
			if c.Drawn(a, e, page.Pictures[1], theme.Terminal(), Colors256) != nil || c.Drawn(b, e, page.Pictures[1], theme.Terminal(), Colors256) != nil {
				t.Fatal("somebody waited for a picture")
			}
		}
		close(busy)
		synctest.Wait()
		lines := c.Drawn(a, e, page.Pictures[1], theme.Terminal(), Colors256)
		if first.Load() != 1 || second.Load() != 1 || q.Done(work.Draw) != 1 || len(lines) != page.Pictures[1].Rows {
			t.Fatalf("%d and %d are told of %d drawings: %q", first.Load(), second.Load(), q.Done(work.Draw), lines)
		}
		for _, l := range lines {
			if shown, err := interpret(l); err != nil || ansi.StringWidth(shown) != page.Pictures[1].Columns {
				t.Errorf("%q: %v", l, err)
			}
		}
		if c.Drawn(a, e, page.Pictures[1], theme.Terminal(), TrueColor) != nil {
			t.Error("two depths have one drawing")
		}
		synctest.Wait()
	})
}

// TestDamaged: for a picture of which the header alone is good there is no room any more once it was drawn. When its file is
// replaced there is.
func TestDamaged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		files, e, p := illustratedBlog(t)
		whole := files["images/high.png"]
		files["images/high.png"] = &fstest.MapFile{Data: whole.Data[:len(whole.Data)-30], ModTime: whole.ModTime}
		c := NewCache(1 << 20)
		room := Room{Box: picture.Box{Rows: 20, Cell: picture.DefaultCell}}
		a := newTestAsker(work.NewQueue(1, 0), &work.Source{}, nil, &atomic.Int32{})
		frame := func() *Page {
			pg := c.Illustrated(nil, e, p, 76, theme.Terminal(), room)
			for _, x := range pg.Pictures {
				c.Drawn(a, e, x, theme.Terminal(), Colors256)
			}
			synctest.Wait()
			return pg
		}
		before := len(frame().Pictures)
		pg := frame()
		if len(pg.Pictures) != before-1 || !strings.Contains(ansi.Strip(strings.Join(pg.Lines, "\n")), "▣ high.png") {
			t.Errorf("%d pictures, and %d before:\n%s", len(pg.Pictures), before, ansi.Strip(strings.Join(pg.Lines, "\n")))
		}
		files["images/high.png"] = whole
		time.Sleep(2 * recheckAfter)
		if n := len(frame().Pictures); n != before {
			t.Errorf("%d pictures after it is mended", n)
		}
	})
}

// slowFS has pictures that take longer to read than a drawing may take.
type slowFS struct{ fstest.MapFS }

func (s slowFS) Open(name string) (fs.File, error) {
	f, err := s.MapFS.Open(name)
	if path.Ext(name) != ".png" {
		return f, err
	}
	return slowFile{f}, err
}

type slowFile struct{ fs.File }

func (f slowFile) Read(p []byte) (int, error) {
	time.Sleep(2 * maxDrawTime)
	return f.File.Read(p)
}

// TestSlowDrawing: a picture that takes too long is given up, but its file isn't taken for damaged.
func TestSlowDrawing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		files, e, p := illustratedBlog(t)
		c := NewCache(1 << 20)
		x := c.Illustrated(nil, e, p, 76, theme.Terminal(), Room{Box: picture.Box{Rows: 20, Cell: picture.DefaultCell}}).Pictures[0]
		q := work.NewQueue(1, 0)
		a := newTestAsker(q, &work.Source{}, nil, &atomic.Int32{})
		c.Drawn(a, editionOf(t, slowFS{files}), x, theme.Terminal(), Colors256)
		time.Sleep(time.Hour)
		synctest.Wait()
		if q.Done(work.Draw) != 1 || c.Drawn(a, e, x, theme.Terminal(), Colors256) != nil {
			t.Error("it is drawn")
		}
		if c.isDamaged(x.sum) {
			t.Error("its file is taken for damaged")
		}
	})
}

// TestDrawnIsBounded: a cache that is too small, and pictures that a reader has passed, don't keep the decoder busy.
func TestDrawnIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, e, p := illustratedBlog(t)
		c := NewCache(1 << 10)
		page := c.Illustrated(nil, e, p, 76, theme.Terminal(), Room{Box: picture.Box{Rows: 20, Cell: picture.DefaultCell}})
		q := work.NewQueue(1, 0)
		var told atomic.Int32
		a := newTestAsker(q, &work.Source{}, nil, &told)
		for range 10 {
			c.Drawn(a, e, page.Pictures[0], theme.Terminal(), Colors256)
			synctest.Wait()
		}
		if told.Load() != 1 || q.Done(work.Draw) != 1 {
			t.Errorf("without an input it was drawn %d times", q.Done(work.Draw))
		}
		a.Renew()
		busy := make(chan struct{})
		go q.Turn(&work.Source{}, nil).Do(work.Find, 1, func() { <-busy })
		synctest.Wait() // so that no drawing is done while others are asked for
		for i := range 100 {
			other := page.Pictures[0]
			other.Rows = i + 1
			c.Drawn(a, e, other, theme.Terminal(), Colors256)
		}
		close(busy)
		synctest.Wait()
		if n := q.Done(work.Draw); n != 1+maxPending {
			t.Errorf("of 100 at once %d were drawn", n-1)
		}
	})
}

// TestGoneAsker: a picture whose first asker has gone is drawn in the turn of the next one.
func TestGoneAsker(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, e, p := illustratedBlog(t)
		c := NewCache(1 << 20)
		x := c.Illustrated(nil, e, p, 76, theme.Terminal(), Room{Box: picture.Box{Rows: 20, Cell: picture.DefaultCell}}).Pictures[0]
		q, gone := work.NewQueue(1, 0), make(chan struct{})
		var busy, source work.Source
		release := make(chan struct{})
		go q.Turn(&busy, nil).Do(work.Draw, 0, func() { <-release })
		synctest.Wait()
		var told atomic.Int32
		c.Drawn(newTestAsker(q, &source, gone, &atomic.Int32{}), e, x, theme.Terminal(), Colors256)
		b := newTestAsker(q, &source, nil, &told)
		c.Drawn(b, e, x, theme.Terminal(), Colors256)
		close(gone)
		synctest.Wait()
		close(release)
		synctest.Wait()
		if told.Load() != 1 || len(c.Drawn(b, e, x, theme.Terminal(), Colors256)) != x.Rows {
			t.Errorf("told %d times", told.Load())
		}
	})
}
