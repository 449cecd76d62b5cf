package content

// A Standing says in a word why a post is not among those that readers are shown.
type Standing string

const (
	Published Standing = "" // it is among them
	Draft     Standing = "draft"
	Scheduled Standing = "scheduled"
	Expired   Standing = "expired"
	Unlisted  Standing = "unlisted"
)

// Standing returns how a post stands at the edition's moment.
func (e *Edition) Standing(p *Post) Standing {
	switch {
	case p.Draft:
		return Draft
	case !p.Expires.IsZero() && !p.Expires.After(e.now):
		return Expired
	case p.Time.After(e.now):
		return Scheduled
	case p.Unlisted:
		return Unlisted
	}
	return Published
}

// Schedule says in words what the clock will do to a post, as [Post.Schedule] does, at the edition's moment.
func (e *Edition) Schedule(p *Post) string { return p.Schedule(e.now, e.library.settings.Location()) }
