package frontmatter

import "strings"

// Keys that say the same differ from generator to generator. Of each list, the first counts that is there and has a value.
var (
	DateKeys    = []string{"date", "pubdate", "pubdatetime", "publishdate", "published", "published_at", "publishedat", "created", "added", "date.created"}
	UpdatedKeys = []string{"updated", "lastmod", "modified", "moddatetime", "date_updated", "edited", "last_modified_at", "date.updated"}
	SlugKeys    = []string{"slug", "permalink", "url", "path", "basename"}
	SummaryKeys = []string{"description", "excerpt", "summary", "desc", "hook", "spoiler", "subtitle"}
)

// KnownKeys are the keys that say something of a post. A file whose first line has one, or whose block between fences does, has
// a front matter, however broken.
var KnownKeys = func() map[string]bool {
	known := map[string]bool{}
	for _, k := range strings.Fields(`title name date pubdate pubdatetime publishdate published published_at publishedat
		created added updated lastmod modified moddatetime date_updated edited last_modified_at slug permalink url path
		basename aliases redirect_from description excerpt summary desc hook spoiler subtitle tags tag topics keywords
		categories category series author authors by lang language locale draft status unlisted hidden private visibility wip
		expirydate expires
		redirect redirect_to layout type`) {
		known[k] = true
	}
	return known
}()
