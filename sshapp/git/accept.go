package git

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/go-git/go-git/v6/plumbing"
	"github.com/go-git/go-git/v6/plumbing/protocol/packp"
	"github.com/go-git/go-git/v6/plumbing/transport"

	"postern/content/problem"
	"postern/sshapp/publishing"
)

// accept publishes what was pushed, and takes its objects into the repository, which stays locked until the branch leads to
// them.
func (p *push) accept(info *transport.PreReceiveInfo) error {
	for _, c := range info.Commands {
		if err := checkCommand(c); err != nil {
			return err
		}
	}
	if len(info.Commands) != 1 {
		return errors.New("a push is of one branch")
	}
	from, to := info.Commands[0].Old, info.Commands[0].New
	tip, generation, unlock, err := p.session.follow(p.base)
	if err != nil {
		return err
	}
	p.unlock, p.generation = unlock, generation
	if from != tip {
		return errors.New("something was published since; type git pull, and push again")
	}
	if err := p.checkHistory(from, to); err != nil {
		return err
	}
	return p.session.pause(func() error { return p.publish(from, to, info.Progress) })
}

// checkCommand refuses all but a new commit of the one branch.
func checkCommand(c *packp.Command) error {
	switch {
	case c.Name != mainBranch:
		return fmt.Errorf("%s can't be pushed: only the branch main is published, and no tags; type git push REMOTE main", problem.Quote(c.Name.Short()))
	case c.Action() == packp.Delete:
		return errors.New("main can't be deleted, since it is what is published")
	}
	return nil
}

// publish publishes the tree of a commit.
func (p *push) publish(from, to plumbing.Hash, told io.Writer) error {
	files, err := p.files(to)
	if err != nil {
		return err
	}
	was, err := p.files(from)
	if err != nil {
		return err
	}
	there, err := p.site.Files(p.generation)
	if err != nil {
		return err
	}
	change, err := p.session.Publisher.Begin(p.session.Author, "git")
	if err != nil {
		return err
	}
	defer change.Close()
	change.Base, change.Whole = p.generation, true
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if f, ok := there[name]; ok && was[name].hash == files[name].hash {
			change.PutFile(name, f)
			continue
		}
		if err := p.put(change, name, files[name].hash); err != nil {
			return err
		}
	}
	if err := p.checkRoom(); err != nil {
		return err
	}
	done, err := change.Commit(p.session.Context)
	if err != nil {
		return err
	}
	if done.Generation > 0 {
		p.generation = done.Generation
	}
	if err := p.keep(); err != nil {
		return fmt.Errorf("it is published, and its history is not kept: %w", err)
	}
	_ = done.Print(told, told, p.session.Host) // it is published, whether or not the client hears of it
	return nil
}

// put adds a blob to a change, as a file of the site.
func (p *push) put(change *publishing.Change, name string, h plumbing.Hash) error {
	o, err := p.EncodedObject(plumbing.BlobObject, h)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	pointer, err := isPointer(o)
	if err != nil {
		return err
	}
	if pointer {
		return fmt.Errorf("%s is a pointer of Git LFS, and not the file, which the server can't fetch; push the file itself: git lfs migrate export --include=%s", name, problem.Quote(name))
	}
	r, err := o.Reader()
	if err != nil {
		return err
	}
	defer r.Close()
	return change.Put(name, r)
}
