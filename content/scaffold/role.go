package scaffold

import (
	"slices"
	"strings"

	"postern/content/frontmatter"
)

// A role is what a key is for in a new post.
type role int

const (
	otherRole role = iota // repeated if all posts say the same
	titleRole
	dateRole
	summaryRole
	tagsRole
	draftRole
	publishedRole
	statusRole
	postRole   // belongs to one post alone
	authorRole // the same for most posts of an author
)

// roleOfKey has the roles of keys in lower case.
var roleOfKey = func() map[string]role {
	roles := map[string]role{"title": titleRole, "name": titleRole, "draft": draftRole, "published": publishedRole, "status": statusRole}
	for r, keys := range map[role][]string{
		dateRole:    frontmatter.DateKeys,
		summaryRole: frontmatter.SummaryKeys,
		tagsRole:    {"tags", "tag", "topics", "keywords", "taxonomies.tags"},
		postRole:    slices.Concat(frontmatter.UpdatedKeys, frontmatter.SlugKeys, []string{"aliases", "redirect_from", "series", "taxonomies.series", "expirydate", "expires", "unlisted"}),
		authorRole:  {"layout", "type", "template", "author", "authors", "by", "taxonomies.authors", "lang", "language", "locale"},
	} {
		for _, k := range keys {
			if _, there := roles[k]; !there {
				roles[k] = r
			}
		}
	}
	return roles
}()

// role returns what a key is for. `published` is a date if its value is not true or false.
func (f field) role() role {
	r := roleOfKey[strings.ToLower(f.key)]
	if r == publishedRole {
		if _, isSwitch := frontmatter.ParseBool(frontmatter.Unquote(f.value)); !isSwitch {
			return dateRole
		}
	}
	return r
}
