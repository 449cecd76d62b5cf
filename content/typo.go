package content

import (
	"slices"
	"strings"

	"postern/content/date"
	"postern/content/frontmatter"
	"postern/content/problem"
)

// Generators have hundreds of keys that mean nothing here, and authors have their own. So a key that is unknown is no
// mistake by itself: only one that is a slip of the fingers for a key that counts, where that one is missing.

// ownKeys are the keys that a slip may have been meant for.
var ownKeys = func() []string {
	var keys []string
	for k := range frontmatter.Known {
		if len(k) > 3 { // of three letters, any other word is near
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	return keys
}()

// namesakes are keys of generators and of people that are near to one that counts, and mean something else.
var namesakes = func() map[string]bool {
	all := map[string]bool{}
	for _, k := range strings.Fields(`data tile tabs lane long local locales languages paths types titles names publish
		aliases_old authors_note slugs subtitles`) {
		all[k] = true
	}
	return all
}()

// slips warns of keys that were probably meant to be others.
func (s *source) slips(m frontmatter.Fields, d dialect) {
	for k, f := range m {
		if frontmatter.Known[k] || strings.Contains(k, ".") || len(k) < 4 || s.slipped(k, f) || namesakes[k] {
			continue
		}
		near, ok := problem.Nearest(k, func(yield func(string) bool) {
			for _, own := range ownKeys {
				if own[0] == k[0] && !yield(own) { // fingers rarely slip on the first letter
					return
				}
			}
		})
		if _, there := m[near]; ok && !there {
			s.report(problem.Warning, f.AtKey(), "the key "+problem.Quote(k)+" means nothing", "did you mean "+near+"?")
			if on, doubt := date.Parse(f.Text, d.in); s.post.Day == "" && slices.Contains(frontmatter.DateKeys, near) && doubt == "" && on.Time.After(s.post.Time) {
				s.post.Time = on.Time // so that what was to come later does not come now
			}
		}
	}
}
