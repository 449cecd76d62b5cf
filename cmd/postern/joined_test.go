//go:build unix

package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"postern/content/publish"
)

// TestServeLooksWhetherItHasJoinedOnceNothingCanMove: a server asks whether its site has moved into a database only when migrate can't
// move it any more.
func TestServeLooksWhetherItHasJoinedOnceNothingCanMove(t *testing.T) {
	f := defaultServe()
	f.data, f.addr = t.TempDir(), "127.0.0.1:0"
	if err := os.Mkdir(filepath.Join(f.data, publish.Dir), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(f.data, "database_id"), []byte("id"), 0o600); err != nil {
		t.Fatal(err)
	}
	release, err := publish.Claim(filepath.Join(f.data, publish.Dir))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel() // should it serve
	if err := serve(ctx, nil, f, io.Discard); !errors.Is(err, publish.ErrClaimed) {
		t.Errorf("while the site is moved, serve ends with %v", err)
	}
	release()
	if err := serve(ctx, nil, f, io.Discard); err == nil || !strings.Contains(err.Error(), "name that with --database") {
		t.Errorf("after that, serve ends with %v", err)
	}
}
