package content

import "slices"

// News returns the posts of the list that were not in the list of an earlier edition, oldest first: what was published since
// then. A post whose date, name or address has changed is no news. It takes as long as the lists have posts.
func (e *Edition) News(since *Edition) []*Post {
	if len(since.posts) == len(e.posts) && (len(e.posts) == 0 || &since.posts[0] == &e.posts[0]) {
		return nil
	}
	moved := map[string]*Post{} // by path: what is new, or stands elsewhere in the list
	was := since.posts
	for _, p := range e.posts {
		for len(was) > 0 && newestFirst(was[0], p) < 0 {
			was = was[1:]
		}
		if len(was) == 0 || newestFirst(was[0], p) != 0 {
			moved[p.Path] = p
		}
	}
	for _, p := range since.posts {
		delete(moved, p.Path)
	}
	var news []*Post
	for _, p := range moved {
		if q, ok := since.Find(e.Address(p)); ok && since.lists(q) {
			continue
		}
		news = append(news, p)
	}
	slices.SortFunc(news, func(a, b *Post) int { return newestFirst(b, a) })
	return news
}

func (e *Edition) lists(p *Post) bool {
	_, ok := e.position(p)
	return ok
}
