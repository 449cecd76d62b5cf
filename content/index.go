package content

type index struct{}

func (x *index) update(sources []*source, posts []*Post) *index { return x }
