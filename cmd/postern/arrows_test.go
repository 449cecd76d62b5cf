package main

import (
	"maps"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// arrows is the plan of the program: which of Postern's packages and which of the modules in watched each package may
// import itself. Each line is a package, a colon, and what it may import. Where a package is missing or imports more, the
// test prints the line that would allow it; ask first whether the import is right.
//
// Imports run one way: content knows no terminal and no network, what lies under sshapp knows no SSH, and only cmd knows
// the command line.
const arrows = `
content/sanitize:
content/language: content/sanitize
content/problem: content/sanitize
content/toml: content/problem content/sanitize toml
content/date: content/sanitize
content/discover: content/date content/language content/problem content/sanitize
content/outline: content/sanitize
content/frontmatter: content/problem content/sanitize content/toml yaml
content/settings: content/date content/frontmatter content/language content/problem content/sanitize content/toml
content/variables: content/sanitize yaml
content/search: content/outline
content: content/date content/discover content/frontmatter content/language content/outline content/problem content/sanitize content/search content/settings content/variables
content/scaffold: content content/date content/discover content/frontmatter content/language content/problem content/sanitize yaml
content/live: content content/problem fsnotify
content/welcome:
content/durable:
content/publish: content/durable content/problem
keys: content/durable crypto/ssh gliderlabs/ssh
sshapp/cell:
sshapp/bidi:
sshapp/phrase:
sshapp/picture:
sshapp/page/formula: sshapp/cell sshapp/phrase
sshapp/page/hyphen:
sshapp/page/diagram: sshapp/cell
sshapp/page/markdown: content/outline goldmark
sshapp/page/document: content content/outline content/sanitize content/variables sshapp/cell sshapp/page/markdown sshapp/phrase goldmark x/net
sshapp/page/html: content sshapp/page/document sshapp/phrase
sshapp/page/theme: content content/problem content/sanitize sshapp/cell sshapp/page/document chroma glamour
sshapp/page/account: content/outline sshapp/page/document sshapp/page/markdown goldmark x/net
sshapp/page/lint: content content/problem content/sanitize sshapp/cell sshapp/page sshapp/page/account sshapp/page/diagram sshapp/page/document sshapp/page/formula sshapp/page/markdown sshapp/page/theme sshapp/picture goldmark
sshapp/page/linebreak: sshapp/cell sshapp/page/document sshapp/page/hyphen
sshapp/page: content content/language content/search sshapp/admission/work sshapp/bidi sshapp/cell sshapp/page/diagram sshapp/page/document sshapp/page/formula sshapp/page/hyphen sshapp/page/linebreak sshapp/page/theme sshapp/phrase sshapp/picture
sshapp/page/turn: sshapp/page
sshapp/feed: content content/settings sshapp/admission/work sshapp/page/document sshapp/page/html
sshapp/files: content content/settings sshapp/admission/work sshapp/feed sshapp/page/document
sshapp/blog: content content/language content/problem content/sanitize content/search content/settings sshapp/admission/work sshapp/bidi sshapp/cell sshapp/page sshapp/page/formula sshapp/page/linebreak sshapp/page/theme sshapp/phrase sshapp/picture sshapp/reads sshapp/state
sshapp/lineedit: content/sanitize bubbletea
sshapp/command: content content/problem content/publish content/sanitize content/settings sshapp/admission/work sshapp/blog sshapp/cell sshapp/check sshapp/deploy sshapp/feed sshapp/files sshapp/git sshapp/page sshapp/page/document sshapp/page/theme sshapp/phrase sshapp/publishing sshapp/reads sshapp/state
sshapp/tui: content content/problem content/settings sshapp/bidi sshapp/blog sshapp/cell sshapp/lineedit sshapp/page sshapp/page/document sshapp/page/theme sshapp/page/turn sshapp/phrase sshapp/picture sshapp/reads sshapp/state bubbles bubbletea lipgloss
sshapp/linear: content content/problem content/sanitize content/search content/settings sshapp/admission/work sshapp/blog sshapp/cell sshapp/page sshapp/page/document sshapp/phrase sshapp/state
sshapp/check: content content/discover content/problem content/settings sshapp/page/lint sshapp/page/theme
sshapp/site: content content/live content/problem sshapp/blog sshapp/check sshapp/page sshapp/page/theme
sshapp/deploy: content/problem content/publish
sshapp/git: content/durable content/problem content/publish content/sanitize content/settings sshapp/admission/work sshapp/publishing go-git
sshapp/publishing: content content/live content/problem content/publish content/sanitize content/scaffold content/settings sshapp/check sshapp/site
sshapp/upload: content/publish sshapp/check sshapp/publishing
sshapp/state: keys sshapp/postgres pgx sqlite
sshapp/state/storetest: sshapp/state
sshapp/postgres: pgx
sshapp/cluster: content/publish keys sshapp/postgres pgx
sshapp/reads: sshapp/cell sshapp/state
sshapp/backup: content/publish keys sshapp/state
sshapp/handover:
sshapp/metrics:
sshapp/machine:
sshapp/admission/work:
sshapp/admission: content/sanitize sshapp/admission/work crypto/ssh proxyproto
sshapp/terminal: content/sanitize sshapp/bidi sshapp/picture bubbletea ultraviolet
sshapp/internal/memnet:
sshapp/postgres/pgtest: pgx
sshapp/internal/termtest: bubbletea ultraviolet
sshapp/screens: sshapp/admission/work sshapp/blog sshapp/cell sshapp/picture sshapp/state sshapp/terminal sshapp/tui bubbletea
sshapp: content content/problem content/settings keys sshapp/admission sshapp/admission/work sshapp/blog sshapp/command sshapp/files sshapp/linear sshapp/lineedit sshapp/metrics sshapp/page/theme sshapp/phrase sshapp/publishing sshapp/reads sshapp/screens sshapp/site sshapp/state sshapp/terminal sshapp/tui sshapp/upload bubbletea charm.land/ssh crypto/ssh sftp wish
cmd/postern: content content/discover content/durable content/live content/problem content/publish content/scaffold content/settings content/welcome keys sshapp sshapp/admission sshapp/backup sshapp/blog sshapp/cell sshapp/check sshapp/cluster sshapp/command sshapp/deploy sshapp/handover sshapp/linear sshapp/machine sshapp/page/theme sshapp/postgres sshapp/publishing sshapp/reads sshapp/screens sshapp/site sshapp/state sshapp/terminal sshapp/tui bubbletea cobra fang lipgloss ultraviolet
`

// watched are the modules that decide what a package is: a screen, a server, a parser. The others, such as those that count
// cells, may be imported anywhere.
var watched = map[string]string{
	"bubbles":        "charm.land/bubbles",
	"bubbletea":      "charm.land/bubbletea",
	"charm.land/ssh": "charm.land/ssh",
	"chroma":         "github.com/alecthomas/chroma",
	"cobra":          "github.com/spf13/cobra",
	"crypto/ssh":     "golang.org/x/crypto/ssh",
	"fang":           "charm.land/fang",
	"fsnotify":       "github.com/fsnotify/fsnotify",
	"glamour":        "charm.land/glamour",
	"gliderlabs/ssh": "github.com/gliderlabs/ssh",
	"go-git":         "github.com/go-git/go-git",
	"goldmark":       "github.com/yuin/goldmark",
	"lipgloss":       "charm.land/lipgloss",
	"pgx":            "github.com/jackc/pgx",
	"proxyproto":     "github.com/pires/go-proxyproto",
	"sftp":           "github.com/pkg/sftp",
	"sqlite":         "modernc.org/sqlite",
	"toml":           "github.com/pelletier/go-toml",
	"ultraviolet":    "github.com/charmbracelet/ultraviolet",
	"wish":           "charm.land/wish",
	"x/net":          "golang.org/x/net",
	"yaml":           "go.yaml.in/yaml",
}

// TestArrows holds the imports of each package, but for those of its tests, to the plan.
func TestArrows(t *testing.T) {
	plan := map[string][]string{}
	for line := range strings.Lines(strings.TrimSpace(arrows)) {
		pkg, allowed, _ := strings.Cut(line, ":")
		plan[pkg] = strings.Fields(allowed)
	}
	out, err := exec.Command("go", "list", "-f", "{{.ImportPath}} {{join .Imports \" \"}}", "postern/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		pkg := strings.TrimPrefix(words[0], "postern/")
		used := imported(words[1:])
		allowed, known := plan[pkg]
		delete(plan, pkg)
		more := slices.DeleteFunc(slices.Clone(used), func(name string) bool { return slices.Contains(allowed, name) })
		unused := slices.DeleteFunc(slices.Clone(allowed), func(name string) bool { return slices.Contains(used, name) })
		switch {
		case !known:
			t.Errorf("the plan doesn't have this package:\n%s: %s", pkg, strings.Join(used, " "))
		case len(more) > 0:
			t.Errorf("%s must not import %s; to allow it:\n%s: %s", pkg, strings.Join(more, " "), pkg, strings.Join(used, " "))
		case len(unused) > 0:
			t.Errorf("the plan lets %s import %s, which it doesn't; its line is now:\n%s: %s", pkg, strings.Join(unused, " "), pkg, strings.Join(used, " "))
		}
	}
	for pkg := range plan {
		t.Errorf("the plan has the package %s, which doesn't exist", pkg)
	}
}

// imported returns those of some import paths that a plan speaks of, under the names that it has for them: Postern's own
// packages first, and then the watched modules.
func imported(paths []string) []string {
	own, modules := map[string]bool{}, map[string]bool{}
	for _, path := range paths {
		if name, ok := strings.CutPrefix(path, "postern/"); ok {
			own[name] = true
		}
		for name, module := range watched {
			if path == module || strings.HasPrefix(path, module+"/") {
				modules[name] = true
			}
		}
	}
	return slices.Concat(slices.Sorted(maps.Keys(own)), slices.Sorted(maps.Keys(modules)))
}
