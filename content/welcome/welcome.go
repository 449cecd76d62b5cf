// Package welcome is the blog that Postern serves when it is given none: its own manual, written as posts. It must load
// without a problem, because it is the first thing that anyone sees and the example that authors copy.
package welcome

import "embed"

// FS holds the posts and their postern.toml at its root, as a directory of an author's would.
//
//go:embed *.md postern.toml
var FS embed.FS
