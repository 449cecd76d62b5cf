package content

import (
	"postern/content/frontmatter"
	"slices"
	"strings"
)

// A role is what a key is for, to who begins a post.
type role int

const (
	otherRole role = iota // said again if all posts say the same
	titleRole
	dateRole
	summaryRole
	tagsRole
	draftRole
	publishedRole
	statusRole
	ownRole   // belongs to one post alone
	voiceRole // the same for most posts of an author
)

// roleOfKey are those of keys in lower case.
var roleOfKey = func() map[string]role {
	roles := map[string]role{"title": titleRole, "name": titleRole, "draft": draftRole, "published": publishedRole, "status": statusRole}
	for r, keys := range map[role][]string{
		dateRole:    dateKeys,
		summaryRole: summaryKeys,
		tagsRole:    {"tags", "tag", "topics", "keywords", "taxonomies.tags"},
		ownRole:     slices.Concat(updatedKeys, slugKeys, []string{"aliases", "redirect_from", "series", "taxonomies.series", "expirydate", "expires", "unlisted"}),
		voiceRole:   {"layout", "type", "template", "author", "authors", "by", "taxonomies.authors", "lang", "language", "locale"},
	} {
		for _, k := range keys {
			if _, there := roles[k]; !there {
				roles[k] = r
			}
		}
	}
	return roles
}()

// role returns what a pair is for. A `published` that is no switch is a date.
func (p headPair) role() role {
	r := roleOfKey[strings.ToLower(p.key)]
	if r == publishedRole {
		if _, isSwitch := frontmatter.ParseBool(frontmatter.Unquote(p.raw)); !isSwitch {
			return dateRole
		}
	}
	return r
}
