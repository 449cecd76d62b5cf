package deploy

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"postern/content/publish"
)

// way is how the history calls deployments.
const way = "deploy"

// A Server takes deployments into a site.
type Server struct {
	Site     *publish.Site
	Host     string // what readers type to come here; may be empty
	MaxFiles int    // of one deployment
	// Published is called when a publication is on the disk. It returns the addresses of the posts that were added or changed,
	// and why readers don't see some of them, by path. May be nil.
	Published func(publish.Publication) (addresses, notes map[string]string)
}

// Serve talks with an author's side until the deployment has ended. The error is ErrRefused if the author's side was told why
// nothing was published, and will say so.
func (s *Server) Serve(ctx context.Context, in io.Reader, out io.Writer, author publish.Author) error {
	d := &deployment{Server: s, stream: newStream(in, out)}
	base, err := s.Site.Generation()
	if err != nil {
		return cmp.Or(d.send(hello{Version: version, Error: err.Error()}), ErrRefused)
	}
	if err := d.send(hello{Version: version, Generation: base}); err != nil {
		return err
	}
	a, err := d.plan(base, author)
	if ctx.Err() != nil { // the call has ended, and the author's side may not listen any more
		return err
	}
	if err != nil {
		return cmp.Or(d.send(answer{Error: err.Error()}), ErrRefused)
	}
	if err := d.send(a); err != nil {
		return err
	}
	r, err := d.publish(ctx, author, a.Missing)
	if errors.Is(err, errLeft) {
		return err
	}
	if err == nil {
		return d.send(r)
	}
	r.Error = err.Error()
	var refused *publish.CheckError
	if errors.As(err, &refused) {
		r.Error, r.Problems = "", refused.Problems
	}
	if conflict := (*publish.ConflictError)(nil); errors.As(err, &conflict) {
		since := max(d.wanted.Base, 0)
		r.Since = &since
	}
	return cmp.Or(d.send(r), ErrRefused)
}

// errLeft says that the author's side has ended the conversation before all was sent: nothing is published.
var errLeft = errors.New("the deployment was broken off; nothing was published")

// ErrRefused says that nothing was published, and that the author's side was told why.
var ErrRefused = errors.New("the deployment was refused")

// A deployment is one conversation, from the server's side.
type deployment struct {
	*Server
	*stream
	wanted  plan
	entries []entry
	there   map[[sha256.Size]byte]publish.File // files of the current generation, by hash
}

// plan reads what the author has, and compares it with what is published.
func (d *deployment) plan(base int, author publish.Author) (answer, error) {
	if err := d.receive(&d.wanted); err != nil {
		return answer{}, fmt.Errorf("the plan: %w", err)
	}
	if d.wanted.Files < 0 || d.MaxFiles > 0 && d.wanted.Files > d.MaxFiles {
		return answer{}, &publish.QuotaError{What: "files", Limit: int64(d.MaxFiles)}
	}
	if d.wanted.Base == 0 {
		var err error
		if d.wanted.Base, err = d.lastBy(author); err != nil {
			return answer{}, err
		}
	}
	published, err := d.published(base)
	if err != nil {
		return answer{}, err
	}
	a := answer{Missing: []int{}}
	for i := range d.wanted.Files {
		var e entry
		if err := d.receive(&e); err != nil {
			return answer{}, fmt.Errorf("the plan's file %d: %w", i+1, err)
		}
		if err := publish.CheckPath(e.Path); err != nil {
			return answer{}, err
		}
		if len(e.Hash) != sha256.Size || e.Size < 0 {
			return answer{}, fmt.Errorf("%s: the plan's hash or size is not valid", e.Path)
		}
		d.entries = append(d.entries, e)
		hash := [sha256.Size]byte(e.Hash)
		if _, ok := d.there[hash]; !ok {
			a.Missing = append(a.Missing, i)
		}
		was, ok := published[e.Path]
		delete(published, e.Path)
		switch {
		case !ok:
			a.Added++
		case was != hash:
			a.Changed++
		default:
			a.Kept++
		}
	}
	a.Removed = slices.Sorted(maps.Keys(published))
	return a, nil
}

// published returns the hashes of the current generation's files by path, and notes the files by hash.
func (d *deployment) published(base int) (map[string][sha256.Size]byte, error) {
	files, err := d.Site.Files(base)
	if err != nil {
		return nil, err
	}
	hashes := make(map[string][sha256.Size]byte, len(files))
	d.there = make(map[[sha256.Size]byte]publish.File, len(files))
	for name, file := range files {
		f, err := d.Site.Open(file)
		if err != nil {
			return nil, err
		}
		hash, _, err := hashOf(f)
		f.Close()
		if err != nil {
			return nil, err
		}
		hashes[name], d.there[hash] = hash, file
	}
	return hashes, nil
}

// publish takes the missing files in, and commits.
func (d *deployment) publish(ctx context.Context, author publish.Author, missing []int) (Result, error) {
	u, err := d.Site.NewUpload()
	if err != nil {
		return Result{}, err
	}
	defer u.Close()
	for _, i := range missing {
		e := d.entries[i]
		h := sha256.New()
		f, err := u.Add(io.TeeReader(io.LimitReader(d.in, e.Size), h))
		hash := [sha256.Size]byte(h.Sum(nil))
		switch _, gone := d.in.Peek(1); {
		case gone != nil: // the line that confirms would follow
			return Result{}, errLeft
		case err != nil:
			return Result{}, fmt.Errorf("%s: %w", e.Path, err)
		case hash != [sha256.Size]byte(e.Hash):
			return Result{}, fmt.Errorf("%s: what arrived is not what the plan said; it may have changed on the way: deploy again", e.Path)
		}
		d.there[hash] = f
	}
	if err := d.confirmed(); err != nil {
		return Result{}, err
	}
	if err := u.Sync(); err != nil {
		return Result{}, err
	}
	put := make(map[string]publish.File, len(d.entries))
	for _, e := range d.entries {
		put[e.Path] = d.there[[sha256.Size]byte(e.Hash)]
	}
	p, err := d.Site.Commit(ctx, publish.Change{Author: author, Way: way, Base: d.wanted.Base, Put: put, Whole: true, DryRun: d.wanted.DryRun})
	if err != nil {
		return Result{}, err
	}
	r := Result{Publication: p, Problems: p.Problems, Host: d.Host}
	if !d.wanted.DryRun && p.Generation > 0 && d.Published != nil {
		r.Addresses, r.Notes = d.Published(p)
	}
	return r, nil
}

// lastBy returns the newest generation that an author has deployed, which is what a directory is based on of which nothing else is
// known, such as a fresh clone; [publish.Nothing] if there is none.
func (d *deployment) lastBy(author publish.Author) (int, error) {
	records, err := d.Site.Records(0)
	for _, p := range slices.Backward(records) {
		if p.Way == way && p.Author.Name == author.Name {
			return p.Generation, err
		}
	}
	return publish.Nothing, err
}

// confirmed reads the line that ends what is sent: a connection that was cut before is no confirmation, even where no
// bytes were missing.
func (d *deployment) confirmed() error {
	var all bool
	if err := d.receive(&all); err != nil || !all {
		return errLeft
	}
	return nil
}
