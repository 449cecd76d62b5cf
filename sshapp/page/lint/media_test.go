package lint

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"io/fs"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"postern/content"
)

// A countingFS counts how often a file is opened.
type countingFS struct {
	fs.FS
	name  string
	opens *atomic.Int64
}

func (c countingFS) Open(name string) (fs.File, error) {
	if name == c.name {
		c.opens.Add(1)
	}
	return c.FS.Open(name)
}

// TestPictureIsReadOnce checks that a picture costs as much for fifty posts that show it as for one.
func TestPictureIsReadOnce(t *testing.T) {
	one, fifty := picturesOpened(t, 1), picturesOpened(t, 50)
	if one == 0 || fifty != one {
		t.Errorf("the picture was opened %d times for one post, and %d times for fifty", one, fifty)
	}
}

// picturesOpened returns how often a checker opens the picture that so many posts show.
func picturesOpened(t *testing.T, posts int) int64 {
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 4, 4))); err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{"images/logo.png": {Data: picture.Bytes()}}
	for i := range posts {
		fsys[fmt.Sprintf("%d.md", i)] = &fstest.MapFile{Data: []byte("![a logo](images/logo.png)\n\n![again](images/logo.png)\n")}
	}
	var opens atomic.Int64
	l, err := content.Load(countingFS{fsys, "images/logo.png", &opens})
	if err != nil {
		t.Fatal(err)
	}
	opens.Store(0)
	if problems := NewChecker(l.All()).Problems(context.Background(), l.All().Posts(), func() {}); len(problems) > 0 {
		t.Errorf("problems: %v", problems)
	}
	return opens.Load()
}
