//go:build !unix

package keys

import (
	"io/fs"
	"os"
)

// OthersMay returns false: who may read a file isn't in its mode here.
func OthersMay(fs.FileInfo, fs.FileMode) bool { return false }

// chownAs does nothing: a file belongs to whoever the directory says.
func chownAs(*os.File, string) error { return nil }
