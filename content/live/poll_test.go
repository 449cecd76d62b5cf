package live

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// unheard follows a directory without any event, under fake time.
func unheard(t *testing.T, test func(f *followed)) {
	f := &followed{t: t, dir: filepath.Join(t.TempDir(), "blog")}
	synctest.Test(t, func(t *testing.T) {
		f.t = t
		f.write("a.md", post("a.md"))
		var err error
		f.Directory, err = Open(f.dir)
		f.check(err)
		ctx, cancel := context.WithCancel(context.Background())
		defer synctest.Wait()
		defer cancel()
		silent := func(top string) *watch { return &watch{top: top, failed: errors.New("no events here")} }
		go newFollower(f.Directory, f.tell, silent).run(ctx)
		synctest.Wait()
		test(f)
	})
}

// Where nothing is heard, that is said once, and looking finds what has changed within seconds.
func TestPoll(t *testing.T) {
	unheard(t, func(f *followed) {
		for _, title := range []string{"one", "two"} {
			began := time.Now()
			f.write("a.md", post(title))
			f.sees(title)
			if took := time.Since(began); took > polled+beat {
				f.t.Errorf("it took %v", took)
			}
		}
		time.Sleep(time.Minute)
		if told := f.problems(); len(told) != 1 || !strings.Contains(told[0], "no events here") || f.reloads() != 3 {
			f.t.Errorf("told %d times: %q", f.reloads(), told)
		}
	})
}

// A blog is empty when it has been so for a while, and can be read all the while.
func TestEmptied(t *testing.T) {
	unheard(t, func(f *followed) {
		f.remove("a.md")
		time.Sleep(dark)
		f.write("a.md", post("back"))
		f.sees("back")

		f.remove("../blog")
		time.Sleep(time.Hour)
		if f.Library().Len() == 0 {
			f.t.Error("what is gone is not empty")
		}
		f.check(os.Mkdir(f.dir, 0o755))
		time.Sleep(dark - time.Second)
		if f.Library().Len() == 0 {
			f.t.Error("it has been empty for two seconds only")
		}
		f.mu.Lock()
		f.mayEmpty = true
		f.mu.Unlock()
		time.Sleep(dark + polled)
		if f.Library().Len() != 0 {
			f.t.Errorf("it holds %v", titles(f.Library()))
		}
		f.write("a.md", post("again"))
		f.sees("again")
	})
}

// However often a blog is empty for a moment, none of the moments counts for the next.
func TestEmptyForMoments(t *testing.T) {
	unheard(t, func(f *followed) {
		for range 10 {
			f.remove("a.md")
			time.Sleep(dark - time.Second/2)
			f.write("a.md", post("a.md"))
			time.Sleep(3 * polled)
		}
		if n := f.Library().Len(); n != 1 {
			f.t.Errorf("it has %d posts", n)
		}
	})
}

// A page that is left when the posts are taken away is not the blog, until it has been alone for a while.
func TestEmptiedBesideAPage(t *testing.T) {
	unheard(t, func(f *followed) {
		f.write("about.md", "---\ntitle: About\n---\n\nMe.\n")
		time.Sleep(polled + beat)
		posts := func() int { return len(f.Library().All().Posts()) }
		if f.Library().Len() != 2 || posts() != 1 {
			f.t.Fatalf("it holds %v", titles(f.Library()))
		}
		f.remove("a.md")
		time.Sleep(dark)
		if f.Library().Len() != 2 {
			f.t.Errorf("the posts have just gone, and it holds %v", titles(f.Library()))
		}
		f.write("a.md", post("back"))
		f.sees("back")
		f.remove("a.md")
		time.Sleep(2*polled + dark)
		if f.Library().Len() != 1 {
			f.t.Errorf("it still holds %v", titles(f.Library()))
		}
	})
}

// What is wrong with a directory is told once, however often it can be opened and not be read.
func TestErrorIsToldOnce(t *testing.T) {
	d, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	var told []Reload
	f := newFollower(d, func(r Reload) { told = append(told, r) }, newWatch)
	defer f.watch.close()
	for range 3 {
		f.fail(errors.New("the disk is on fire"))
		f.move()
	}
	if len(told) != 1 || !strings.Contains(told[0].Err.Error(), "on fire") {
		t.Errorf("told %v", told)
	}
	f.reload(time.Now())
	if len(told) != 2 || told[1].Err != nil {
		t.Errorf("when it is back: told %v", told)
	}
}

// An embedded blog is followed like any other, and never changes.
func TestStill(t *testing.T) {
	d, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	still := Still(d.Scan())
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	still.Follow(ctx, func(r Reload) { t.Errorf("told %v", r) })
	if still.Library() != d.Library() {
		t.Error("it is another library")
	}
	select {
	case <-still.Changed():
		t.Error("it has changed")
	default:
	}
}

func TestOpenNothing(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{filepath.Join(dir, "none"), file} {
		if _, err := Open(name); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
