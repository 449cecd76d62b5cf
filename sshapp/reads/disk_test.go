//go:build linux

package reads_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// TestDisk: while the disk is full or can only be read, counting waits for nobody, the log has a line a minute, and when the disk
// is writable again all is saved. The disk is a file system of the test's own.
func TestDisk(t *testing.T) {
	const size = 1 << 20
	for _, test := range []struct {
		name        string
		spoil, mend func(dir string) error
	}{
		{"read-only", func(dir string) error {
			return errors.Join(syscall.Mount(dir, dir, "", syscall.MS_BIND, ""), syscall.Mount("", dir, "", syscall.MS_REMOUNT|syscall.MS_BIND|syscall.MS_RDONLY, ""))
		}, func(dir string) error { return syscall.Unmount(dir, syscall.MNT_DETACH) }},
		{"full", func(dir string) error {
			f, err := os.Create(filepath.Join(dir, "filler"))
			if err != nil {
				return err
			}
			defer f.Close()
			for err == nil {
				_, err = f.Write(make([]byte, 512))
			}
			return nil
		}, func(dir string) error { return os.Remove(filepath.Join(dir, "filler")) }},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%d,mode=700", size)); err != nil {
				t.Skip("a file system of its own can't be had here: ", err)
			}
			t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
			at(t, 9*time.Hour, func(t *testing.T) {
				b := start(t, dir)
				b.read("bread", ada)
				time.Sleep(time.Minute)
				b.stop()
				if err := test.spoil(dir); err != nil {
					t.Fatal(err)
				}
				b = start(t, dir)
				const minutes = 5
				for i := range minutes * 60 {
					before := time.Now()
					b.read(fmt.Sprint("post-", i), ada) // each takes room
					if !time.Now().Equal(before) {
						t.Fatal("the reader waits")
					}
					time.Sleep(time.Second)
				}
				synctest.Wait()
				if n := strings.Count(b.logs.String(), "can't be used"); n < minutes-1 || n > minutes+1 { // both ends are minutes
					t.Errorf("%d lines in %d minutes: %s", n, minutes, b.logs.String())
				}
				if err := test.mend(dir); err != nil {
					t.Fatal(err)
				}
				time.Sleep(time.Minute)
				synctest.Wait()
				if n := b.query("SELECT count(*) || ' ' || sum(reads) || ' ' || sum(uniques) FROM counts"); string(n) != "301 301 301" {
					t.Errorf("later, %s are saved\n%s", n, b.logs.String())
				}
			})
		})
	}
}
