package state_test

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"postern/sshapp/state"
)

// writerDir is the variable that makes the test program a process that writes into the data directory that it names.
const writerDir = "POSTERN_TEST_WRITER"

func TestMain(m *testing.M) {
	if dir := os.Getenv(writerDir); dir != "" {
		write(dir)
	}
	os.Exit(m.Run())
}

// bread is what the process counts.
var bread = state.Key{Day: "2026-11-22", Post: "bread", Way: state.Screens}

// write saves a change after the other, counts a read with each, and prints the number of each when it is saved, until the process is killed.
func write(dir string) {
	s, err := state.OpenSQLite(dir)
	for i := 1; err == nil; i++ {
		posts := map[string]state.Post{}
		for p := range 50 {
			posts[fmt.Sprint("post-", p)] = state.Post{Mark: fmt.Sprint(i), At: noon.Add(time.Duration(i) * time.Second)}
		}
		if err = s.Save(context.Background(), state.ID{1}, state.Change{Agreed: true, Seen: noon, Posts: posts}); err != nil {
			break
		}
		read := state.Tally{Key: bread, Reads: 1, Readers: state.NewSketch()}
		read.Readers.Add(state.Salt{}.Number(fmt.Sprint(i), ""))
		if err = s.Count(context.Background(), []state.Tally{read}); err == nil {
			fmt.Println(i)
		}
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

var kills = flag.Int("kills", 25, "how often TestKill kills a process")

// TestKill: a process that is killed while it writes leaves a database that opens, in which each change is whole or absent, and
// none is absent that was saved.
func TestKill(t *testing.T) {
	for n := range *kills {
		dir := t.TempDir()
		writer := exec.Command(os.Args[0])
		writer.Env = append(os.Environ(), writerDir+"="+dir)
		writer.Stderr = os.Stderr
		out, err := writer.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := writer.Start(); err != nil {
			t.Fatal(err)
		}
		saved := 0
		for lines := bufio.NewScanner(out); lines.Scan(); {
			if saved, err = strconv.Atoi(lines.Text()); err != nil {
				t.Fatal(err)
			}
			if saved == 1 { // it writes on while this process kills it
				time.AfterFunc(time.Duration(n%50)*time.Millisecond, func() { writer.Process.Kill() })
			}
		}
		if err := writer.Wait(); err == nil {
			t.Fatal(err)
		}
		s, err := state.OpenSQLite(dir)
		if err != nil {
			t.Fatalf("kill %d: %v", n, err)
		}
		r, err := s.Load(context.Background(), state.ID{1})
		counts, countErr := s.Counts(context.Background(), state.Key{}, 10)
		s.Close()
		last, _ := strconv.Atoi(r.Posts["post-0"].Mark)
		if err != nil || last < saved || len(r.Posts) != 50 {
			t.Errorf("kill %d: change %d of %d, %d posts, %v", n, last, saved, len(r.Posts), err)
		}
		if countErr != nil || len(counts) != 1 || counts[0].Reads < saved || counts[0].Reads > last || counts[0].Uniques != counts[0].Reads {
			t.Errorf("kill %d: of %d reads, %v are counted, %v", n, saved, counts, countErr)
		}
		for address, p := range r.Posts {
			if p.Mark != fmt.Sprint(last) {
				t.Errorf("kill %d: %s is of change %s, and others of %d", n, address, p.Mark, last)
			}
		}
	}
}
