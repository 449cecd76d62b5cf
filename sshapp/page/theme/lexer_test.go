package theme

import (
	"testing"

	"github.com/alecthomas/chroma/v2/lexers"
)

// TestLexers compares lexerOf with chroma's own lookup.
func TestLexers(t *testing.T) {
	names := append(lexers.Names(true), "mts", "tsx", "yml", "hs", "ml", "H", "m", "pl", "t", "inc", "Cargo.lock", "CMakeLists.txt", "Dockerfile", ".zshrc", "JavaScript", "JSON", "nosuch", "", "[")
	for _, name := range names {
		want := ""
		if l := lexers.Get(name); l != nil {
			want = l.Config().Name
		}
		got := ""
		if l := lexerOf(name); l != nil {
			got = l.Config().Name
		}
		if got != want {
			t.Errorf("%q is the language %q, and chroma says %q", name, got, want)
		}
	}
}

// TestChangedCode: what changed in any language is shown as a diff is.
func TestChangedCode(t *testing.T) {
	if lexerOf("Diff-JS") != lexerOf("diff") || lexerOf("diffs") != nil {
		t.Error("diff-js is not read as diff, or diffs is")
	}
}

// TestUnknownLanguage counts what a name that no language has allocates: a comparison with all patterns of file names allocates
// some kilobytes.
func TestUnknownLanguage(t *testing.T) {
	lexerOf("go")
	if n := testing.AllocsPerRun(10, func() { lexerOf("nosuch") }); n > 0 {
		t.Errorf("an unknown language takes %v allocations", n)
	}
}
