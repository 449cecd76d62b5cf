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

// withoutEvents follows a directory without events, under fake time.
func withoutEvents(t *testing.T, test func(f *followed)) {
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
		noEvents := func(top string) *watch { return &watch{top: top, err: errors.New("no events here")} }
		go newFollower(f.Directory, f.report, noEvents).run(ctx)
		synctest.Wait()
		test(f)
	})
}

// Without events, that is reported once, and scans find a change within seconds.
func TestPoll(t *testing.T) {
	withoutEvents(t, func(f *followed) {
		for _, title := range []string{"one", "two"} {
			began := time.Now()
			f.write("a.md", post(title))
			f.sees(title)
			if took := time.Since(began); took > scanInterval+rootInterval {
				f.t.Errorf("it took %v", took)
			}
		}
		time.Sleep(time.Minute)
		if reported := f.problems(); len(reported) != 1 || !strings.Contains(reported[0], "no events here") || f.reloads() != 3 {
			f.t.Errorf("%d reports: %q", f.reloads(), reported)
		}
	})
}

// A blog is empty when its directory was empty for a while, and readable all that time.
func TestEmptied(t *testing.T) {
	withoutEvents(t, func(f *followed) {
		f.remove("a.md")
		time.Sleep(emptyGrace)
		f.write("a.md", post("back"))
		f.sees("back")

		f.remove("../blog")
		time.Sleep(time.Hour)
		if f.Library().Len() == 0 {
			f.t.Error("what is gone is not empty")
		}
		f.check(os.Mkdir(f.dir, 0o755))
		time.Sleep(emptyGrace - time.Second)
		if f.Library().Len() == 0 {
			f.t.Error("it has been empty for two seconds only")
		}
		f.mu.Lock()
		f.mayEmpty = true
		f.mu.Unlock()
		time.Sleep(emptyGrace + scanInterval)
		if f.Library().Len() != 0 {
			f.t.Errorf("it holds %v", titles(f.Library()))
		}
		f.write("a.md", post("again"))
		f.sees("again")
	})
}

// The times for which a directory is empty don't add up.
func TestEmptyForMoments(t *testing.T) {
	withoutEvents(t, func(f *followed) {
		for range 10 {
			f.remove("a.md")
			time.Sleep(emptyGrace - time.Second/2)
			f.write("a.md", post("a.md"))
			time.Sleep(3 * scanInterval)
		}
		if n := f.Library().Len(); n != 1 {
			f.t.Errorf("it has %d posts", n)
		}
	})
}

// A page that stays when all posts are removed is not the whole blog until the posts have been missing for a while.
func TestEmptiedBesideAPage(t *testing.T) {
	withoutEvents(t, func(f *followed) {
		f.write("about.md", "---\ntitle: About\n---\n\nMe.\n")
		time.Sleep(scanInterval + rootInterval)
		posts := func() int { return len(f.Library().All().Posts()) }
		if f.Library().Len() != 2 || posts() != 1 {
			f.t.Fatalf("it holds %v", titles(f.Library()))
		}
		f.remove("a.md")
		time.Sleep(emptyGrace)
		if f.Library().Len() != 2 {
			f.t.Errorf("the posts have just gone, and it holds %v", titles(f.Library()))
		}
		f.write("a.md", post("back"))
		f.sees("back")
		f.remove("a.md")
		time.Sleep(2*scanInterval + emptyGrace)
		if f.Library().Len() != 1 {
			f.t.Errorf("it still holds %v", titles(f.Library()))
		}
	})
}

// An error is reported once, however often the directory can be opened and not be read.
func TestErrorIsToldOnce(t *testing.T) {
	d, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	var reported []Reload
	f := newFollower(d, func(r Reload) { reported = append(reported, r) }, newWatch)
	defer f.watch.close()
	for range 3 {
		f.fail(errors.New("the disk is on fire"))
		f.reopen()
	}
	if len(reported) != 1 || !strings.Contains(reported[0].Err.Error(), "on fire") {
		t.Errorf("reported %v", reported)
	}
	f.reload(time.Now())
	if len(reported) != 2 || reported[1].Err != nil {
		t.Errorf("when it is back: reported %v", reported)
	}
}

// A fixed blog can be followed too, and never changes.
func TestStill(t *testing.T) {
	d, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	still := Fixed(d.Scan())
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	still.Follow(ctx, func(r Reload) { t.Errorf("reported %v", r) })
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
