package live

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"postern/content"
)

func post(title string) string { return "---\ntitle: " + title + "\ndate: 2024-01-02\n---\n\nText.\n" }

// A followed directory is one that a test changes, and whose library it waits for. It keeps what Follow reports. No library may
// be empty unless mayEmpty is set.
type followed struct {
	*Directory
	t    *testing.T
	dir  string
	stop func()

	mu       sync.Mutex
	mayEmpty bool
	reports  []Reload
}

// follow follows a directory of posts whose titles are the names of their files.
func follow(t *testing.T, names ...string) *followed {
	t.Helper()
	f := &followed{t: t, dir: filepath.Join(t.TempDir(), "blog")}
	f.mkdir(".")
	for _, name := range names {
		f.write(name, post(name))
	}
	f.begin(f.dir)
	return f
}

func (f *followed) begin(dir string) {
	f.t.Helper()
	var err error
	f.Directory, err = Open(dir)
	f.check(err)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		f.Follow(ctx, f.report)
	}()
	f.stop = func() { cancel(); <-ended }
	f.t.Cleanup(f.stop)
}

func (f *followed) report(r Reload) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.reports = append(f.reports, r)
	if f.Library().Len() == 0 && !f.mayEmpty {
		f.t.Error("the blog was empty for a moment")
	}
}

func (f *followed) check(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

func (f *followed) path(name string) string { return filepath.Join(f.dir, name) }

func (f *followed) mkdir(name string) {
	f.t.Helper()
	f.check(os.MkdirAll(f.path(name), 0o755))
}

func (f *followed) write(name, text string) {
	f.t.Helper()
	f.mkdir(filepath.Dir(name))
	f.check(os.WriteFile(f.path(name), []byte(text), 0o644))
}

func (f *followed) rename(from, to string) {
	f.t.Helper()
	f.check(os.Rename(f.path(from), f.path(to)))
}

func (f *followed) remove(name string) {
	f.t.Helper()
	f.check(os.RemoveAll(f.path(name)))
}

// wait waits until a condition on the library or the reports is true.
func (f *followed) wait(what string, condition func() bool) {
	f.t.Helper()
	timeout := time.After(time.Minute)
	for {
		changed := f.Changed()
		if condition() {
			return
		}
		select {
		case <-changed:
		case <-time.After(20 * time.Millisecond): // for reports without a change
		case <-timeout:
			f.t.Fatalf("%s: the library has %v, and the reports are %v", what, titles(f.Library()), f.reports)
		}
	}
}

// sees waits until the posts have these titles.
func (f *followed) sees(want ...string) {
	f.t.Helper()
	slices.Sort(want)
	f.wait(fmt.Sprintf("want %v", want), func() bool { return slices.Equal(titles(f.Library()), want) })
}

func titles(l *content.Library) []string {
	var all []string
	for _, p := range l.All().Posts() {
		all = append(all, p.Title)
	}
	slices.Sort(all)
	return all
}

// problems returns the problems and errors of all reports.
func (f *followed) problems() (all []string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, r := range f.reports {
		for _, p := range r.Problems {
			all = append(all, p.String())
		}
		if r.Err != nil {
			all = append(all, r.Err.Error())
		}
	}
	return all
}

func (f *followed) reloads() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.reports)
}

// The library follows what editors, rsync and git do to a directory.
func TestFollow(t *testing.T) {
	for name, change := range map[string]func(f *followed){
		"written": func(f *followed) { f.write("b.md", post("B")) },
		"vim, with a backup": func(f *followed) {
			f.write("4913", "")
			f.remove("4913")
			f.rename("b.md", "b.md~")
			f.write("b.md", post("B"))
			f.remove("b.md~")
		},
		"renamed over": func(f *followed) {
			f.write(".b.md.tmp", post("B"))
			f.rename(".b.md.tmp", "b.md")
		},
		"emptied, then written": func(f *followed) {
			file, err := os.OpenFile(f.path("b.md"), os.O_WRONLY|os.O_TRUNC, 0)
			f.check(err)
			seen := f.Library()
			f.wait("half-written", func() bool { return f.Library() == seen })
			_, err = file.WriteString(post("B"))
			f.check(errors.Join(err, file.Close()))
		},
		"removed, then written": func(f *followed) {
			f.remove("b.md")
			f.sees("a.md", "c.md")
			f.write("b.md", post("B"))
		},
		"a pipe for a moment": func(f *followed) {
			f.remove("b.md")
			f.check(syscall.Mkfifo(f.path("b.md"), 0o600))
			f.sees("a.md", "c.md")
			f.remove("b.md")
			f.write("b.md", post("B"))
		},
		"a directory for a moment": func(f *followed) {
			f.remove("b.md")
			f.mkdir("b.md")
			f.sees("a.md", "c.md")
			f.remove("b.md")
			f.write("b.md", post("B"))
		},
		"in new directories": func(f *followed) {
			f.remove("b.md")
			f.write("one/two/three/b.md", post("x"))
			f.sees("a.md", "c.md", "x")
			f.write("one/two/three/b.md", post("B"))
		},
		"in a directory that was moved here": func(f *followed) {
			f.remove("b.md")
			f.write("../other/x/b.md", post("x"))
			f.rename("../other", "here")
			f.sees("a.md", "c.md", "x")
			f.write("here/x/b.md", post("B"))
		},
		"in a directory that was renamed": func(f *followed) {
			f.remove("b.md")
			f.write("old/x/b.md", post("x"))
			f.sees("a.md", "c.md", "x")
			f.rename("old", "new")
			f.wait("renamed", func() bool { return slices.Contains(f.Library().Directories(), "new/x") })
			f.write("new/x/b.md", post("B"))
		},
		"in a directory that was replaced": func(f *followed) {
			f.remove("b.md")
			f.write("sub/b.md", post("x"))
			f.sees("a.md", "c.md", "x")
			f.remove("sub")
			f.write("sub/b.md", post("y"))
			f.sees("a.md", "c.md", "y")
			f.write("sub/b.md", post("B"))
		},
		"rsync --delete": func(f *followed) {
			f.write(".b.md.Xa71Qz", post("B"))
			f.write("gone.md", post("gone"))
			f.rename(".b.md.Xa71Qz", "b.md")
			f.remove("gone.md")
		},
		"git checkout there and back": func(f *followed) {
			f.write(".git/index.lock", "x")
			for _, name := range []string{"a.md", "b.md", "c.md"} {
				f.remove(name)
			}
			f.write("branch.md", post("branch"))
			f.sees("branch")
			f.remove("branch.md")
			f.write("a.md", post("a.md"))
			f.write("b.md", post("B"))
			f.write("c.md", post("c.md"))
			f.rename(".git/index.lock", ".git/index")
		},
		"broken, then mended": func(f *followed) {
			f.write("b.md", "---\ntitle: a: b\n---\n")
			f.wait("reported", func() bool { return len(f.problems()) == 1 })
			if got := titles(f.Library()); !slices.Contains(got, "b.md") {
				f.t.Errorf("broken, it holds %v", got)
			}
			f.write("b.md", post("B"))
		},
		"by the settings": func(f *followed) {
			f.write("other/d.md", post("d"))
			f.write("postern.toml", "posts = \"other\"\n")
			f.sees("d")
			f.write("postern.toml", "")
			f.remove("other")
			f.write("b.md", post("B"))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := follow(t, "a.md", "b.md", "c.md")
			change(f)
			f.sees("B", "a.md", "c.md")
		})
	}
}

// The directory may be a link, or be below one, whose target changes; pictures are then read from the new target too.
func TestFollowLink(t *testing.T) {
	for _, name := range []string{"current", "current/site"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := &followed{t: t, dir: t.TempDir()}
			in := func(n int) string { return filepath.Join(fmt.Sprintf("releases/%d", n), filepath.Base(name)) }
			if name == "current" {
				in = func(n int) string { return fmt.Sprintf("releases/%d", n) }
			}
			for n := range 3 {
				f.write(filepath.Join(in(n), "a.md"), post(fmt.Sprint(n)))
				f.write(filepath.Join(in(n), "pic.png"), fmt.Sprint(n))
			}
			f.check(os.Symlink("releases/0", f.path("current")))
			f.begin(f.path(name))
			for n := 1; n < 3; n++ {
				f.check(os.Symlink(fmt.Sprintf("releases/%d", n), f.path("next")))
				f.rename("next", "current")
				f.sees(fmt.Sprint(n))
				f.remove(fmt.Sprintf("releases/%d", n-1))
				picture, err := f.Library().Open("pic.png")
				f.check(err)
				var text [1]byte
				if _, err := picture.Read(text[:]); err != nil || string(text[:]) != fmt.Sprint(n) {
					t.Errorf("the picture is %q, %v", text, err)
				}
				picture.Close()
			}
			f.wait("the report of both", func() bool { return f.reloads() >= 2 }) // a library is seen before it is reported
			told := f.reloads()
			f.mkdir(in(3)) // a copy of the last one
			f.write(filepath.Join(in(3), "a.md"), post("2"))
			f.write(filepath.Join(in(3), "pic.png"), "2")
			f.check(os.Symlink("releases/3", f.path("next")))
			f.rename("next", "current")
			f.remove("releases/2")
			f.wait("the copy's picture", func() bool {
				picture, err := f.Library().Open("pic.png")
				if err == nil {
					picture.Close()
				}
				return err == nil
			})
			if f.reloads() > told {
				t.Error("a copy is told as a change")
			}
			f.write(filepath.Join(in(3), "a.md"), post("written")) // there is where events come from now
			f.sees("written")
		})
	}
}

// A directory that is removed leaves the library as it was, and is reported once. When it is back it is followed again.
func TestFollowVanished(t *testing.T) {
	t.Parallel()
	f := follow(t, "a.md")
	f.rename("../blog", "../away")
	f.wait("gone", func() bool { return f.reloads() == 1 })
	f.rename("../away", "../blog")
	f.write("b.md", post("b.md"))
	f.sees("a.md", "b.md")
	f.remove("../blog")
	f.check(os.WriteFile(f.dir, nil, 0o600))
	f.wait("a file in its place", func() bool { return len(f.problems()) == 2 })
	f.remove("../blog")
	f.write("c.md", post("c.md"))
	f.sees("c.md")
	f.write("c.md", post("C"))
	f.sees("C")
	if reported := f.problems(); !strings.Contains(reported[0], "no such file") || len(reported) > 3 {
		t.Errorf("reported: %q", reported)
	}
}

// A thousand changes at once make few reloads, and a directory that changes all the time is reloaded.
func TestFollowBursts(t *testing.T) {
	t.Parallel()
	f := follow(t, "a.md")
	began := time.Now()
	for i := range 1000 {
		f.write(fmt.Sprintf("d%d/p%d.md", i%10, i), post("x"))
	}
	f.wait("a thousand", func() bool { return f.Library().Len() == 1001 })
	if n, most := f.reloads(), 10+int(time.Since(began)/debounce); n > most { // a slow disk makes several bursts of one
		t.Errorf("%d reloads, more than %d", n, most)
	}
	restless := time.NewTicker(debounce / 10)
	defer restless.Stop()
	for i := 0; ; i++ {
		f.write("a.md", post(fmt.Sprint("restless ", i)))
		changed := f.Changed()
		if p, ok := f.Library().At(time.Now()).Find("a"); ok && strings.HasPrefix(p.Title, "restless") {
			break
		}
		select {
		case <-changed:
		case <-restless.C:
		}
	}
}

// The problems of a file are reported once for each change of it.
func TestFollowTellsOnce(t *testing.T) {
	t.Parallel()
	f := follow(t, "a.md", "b.md")
	for n := 1; n <= 2; n++ {
		f.write("b.md", "---\ntitle: a: b\n---\n"+strings.Repeat("x", n))
		f.wait("reported", func() bool { return len(f.problems()) == n })
	}
	f.write("a.md", post("A"))
	f.wait("a.md has changed", func() bool { return slices.Contains(titles(f.Library()), "A") })
	if reported := f.problems(); len(reported) != 2 || !strings.HasPrefix(reported[0], "b.md:2:") {
		t.Errorf("reported: %q", reported)
	}
	f.stop()
	for _, r := range f.reports {
		if !slices.Equal(r.Changed, []string{"b.md"}) && !slices.Equal(r.Changed, []string{"a.md"}) {
			t.Errorf("changed: %v", r.Changed)
		}
	}
}

// When events were lost, all files are scanned, and the directories watched anew.
func TestFollowOverflow(t *testing.T) {
	t.Parallel()
	f := follow(t, "a.md")
	d := f.Directory
	f.stop()
	heard := make(chan *watch, 10)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go newFollower(d, f.report, func(top string) *watch {
		w := newWatch(top)
		heard <- w
		return w
	}).run(ctx)
	(<-heard).watcher.Errors <- errors.New("too much")
	<-heard
	f.write("b.md", post("b.md"))
	f.sees("a.md", "b.md")
}

// Follow leaves no goroutine and no descriptor, and neither do libraries that are not used any more.
func TestFollowLeavesNothing(t *testing.T) {
	goroutines, files := runtime.NumGoroutine(), descriptors(t)
	f := &followed{t: t, dir: t.TempDir()}
	for i := range 50 {
		f.write(fmt.Sprintf("0/p%d.md", i), post(strings.Repeat("x", 20_000)))
		f.write(fmt.Sprintf("1/p%d.md", i), post(strings.Repeat("x", 20_000)))
	}
	f.check(os.Symlink("0", f.path("current")))
	f.begin(f.path("current"))
	var first uint64
	for n := range 4 {
		name := fmt.Sprintf("%d/p0.md", n%2)
		f.write(name, post(fmt.Sprint("change ", n)))
		f.check(os.Symlink(fmt.Sprint(n%2), f.path("next")))
		f.rename("next", "current")
		f.wait("changed", func() bool { return slices.Contains(titles(f.Library()), fmt.Sprint("change ", n)) })
		if n == 1 {
			first = inUse()
		}
	}
	if now := inUse(); now > first+first/4 {
		t.Errorf("memory has grown from %d to %d bytes", first, now)
	}
	f.stop()
	f.Directory = nil
	for range 10 { // finalizers close what nobody holds
		if runtime.GC(); runtime.NumGoroutine() <= goroutines && descriptors(t) <= files {
			return
		}
		runtime.Gosched()
	}
	t.Errorf("%d goroutines and %d descriptors before, %d and %d now", goroutines, files, runtime.NumGoroutine(), descriptors(t))
}

func inUse() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func descriptors(t *testing.T) int {
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Skip("this wants Linux's /proc")
	}
	return len(entries)
}

// The memory that is kept for changes is bounded, and so is the number of watches.
func TestBounds(t *testing.T) {
	f := follower{changed: map[string]bool{}}
	for i := range 2 * maxChanged {
		f.noteChange(fmt.Sprint(i, ".md"), time.Now())
	}
	if len(f.changed) > maxChanged || !f.scanAll {
		t.Errorf("%d names are remembered, everything: %t", len(f.changed), f.scanAll)
	}
	w := newWatch(t.TempDir())
	defer w.close()
	for i := range maxWatched {
		w.dirs[fmt.Sprint(i)] = true
	}
	if w.add([]string{"."}) || w.err == nil {
		t.Error("one more directory is watched")
	}
}
