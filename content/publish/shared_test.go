package publish

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// others are the other machines: what they answer, and what they were given.
type others struct {
	missed  func(*Site) error
	answer  error
	given   Publication
	content fstest.MapFS
}

func (o *others) CatchUp(_ context.Context, s *Site) error {
	if o.missed == nil {
		return nil
	}
	return o.missed(s)
}

func (o *others) Publish(_ context.Context, p Publication, staged fs.FS) error {
	o.given, o.content = p, fstest.MapFS{}
	for _, path := range append(p.Added, p.Changed...) {
		data, err := fs.ReadFile(staged, path)
		if err != nil {
			return err
		}
		o.content[path] = &fstest.MapFile{Data: data}
	}
	return o.answer
}

// TestShared: what the others refuse changes nothing here, and what they have published comes first.
func TestShared(t *testing.T) {
	s := open(t, t.TempDir(), DefaultLimits())
	with := &others{}
	s.Share(with)
	mustCommit(t, s, Change{Author: ada}, map[string]string{"a.md": "1"})
	if string(with.content["a.md"].Data) != "1" || with.given.Generation != 1 || with.given.Author != ada {
		t.Errorf("the others were given %+v", with.given)
	}
	with.answer = &OvertakenError{Other: Publication{Generation: 2, Author: bob}}
	_, err := commit(t, s, Change{Author: ada}, map[string]string{"a.md": "2"})
	if err == nil || !strings.HasPrefix(err.Error(), "not published: at the same moment bob published generation 2 on another machine") {
		t.Errorf("%v", err)
	}
	wantCurrent(t, s, map[string]string{"a.md": "1"})
	with.answer = nil
	with.missed = func(*Site) error { return errors.New("nobody answers") }
	if _, err := commit(t, s, Change{Author: ada}, map[string]string{"a.md": "2"}); err == nil || err.Error() != "not published: nobody answers" {
		t.Errorf("%v", err)
	}
	with.missed = func(s *Site) error {
		u, err := s.NewUpload()
		if err != nil {
			return err
		}
		defer u.Close()
		f, err := u.Add(strings.NewReader("bob's"))
		if err != nil {
			return err
		}
		return s.Adopt([]Publication{{Generation: 2, Author: bob, Added: []string{"b.md"}}}, map[string]File{"b.md": f})
	}
	_, err = commit(t, s, Change{Author: ada, Base: 1}, map[string]string{"b.md": "ada's"})
	if conflict := (*ConflictError)(nil); !errors.As(err, &conflict) || conflict.Other.Author != bob {
		t.Errorf("what another machine published is overwritten: %v", err)
	}
	mustCommit(t, s, Change{Author: ada}, map[string]string{"c.md": "3"})
	wantCurrent(t, s, map[string]string{"b.md": "bob's", "c.md": "3"})
}

// TestSharedAndNotShown: what all have is not called unpublished when only this machine can't show it.
func TestSharedAndNotShown(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir, DefaultLimits())
	s.Share(&others{})
	if err := os.MkdirAll(filepath.Join(dir, generations, "1", "in the way"), 0o700); err != nil {
		t.Fatal(err)
	}
	_, err := commit(t, s, Change{Author: ada}, map[string]string{"a.md": "1"})
	if err == nil || !strings.HasPrefix(err.Error(), "published as generation 1, which this machine can't show yet: ") {
		t.Errorf("%v", err)
	}
}

// TestAdoptGaps: a log never lacks what lies between.
func TestAdoptGaps(t *testing.T) {
	s := open(t, t.TempDir(), DefaultLimits())
	mustCommit(t, s, Change{Author: ada}, map[string]string{"a.md": "1"})
	if err := s.Adopt([]Publication{{Generation: 3}}, map[string]File{}); err == nil || !strings.Contains(err.Error(), "between the generations 1 and 3") {
		t.Errorf("%v", err)
	}
	if err := s.Adopt([]Publication{{Generation: 1}}, map[string]File{}); err != nil {
		t.Error(err)
	}
	if err := s.Adopt([]Publication{{Generation: 2}}, map[string]File{"../a.md": {}}); err == nil {
		t.Error("a path that leads out is taken")
	}
	wantCurrent(t, s, map[string]string{"a.md": "1"})
}
