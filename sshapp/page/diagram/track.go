package diagram

import (
	"cmp"
	"slices"
)

// Tracks are the lines between two rows on which arrows go to the side.

// assignTracks gives each link that goes to the side a line of its own, or one that it shares with links beside it. It returns how
// many lines there are.
func (l *layers) assignTracks(links []*link) int {
	var bent []*link
	for _, k := range links {
		if k.from != k.to {
			bent = append(bent, k)
		}
	}
	// An arrow to the right must leave its column before what stands to its right comes down into it, and the other way round.
	slices.SortStableFunc(bent, func(a, b *link) int {
		switch isRight := a.to > a.from; {
		case isRight != (b.to > b.from):
			return 0
		case isRight:
			return cmp.Compare(b.from, a.from)
		}
		return cmp.Compare(a.from, b.from)
	})
	var tracks [][]*link
	for waiting := bent; len(waiting) > 0; {
		i := slices.IndexFunc(waiting, func(k *link) bool { return !slices.ContainsFunc(waiting, k.followsInColumn) })
		if i < 0 { // each waits for another
			i = 0
			l.sidestep(waiting[0], links)
		}
		k := waiting[i]
		waiting = slices.Delete(slices.Clone(waiting), i, i+1)
		for t, track := range tracks {
			if slices.ContainsFunc(track, k.followsInColumn) {
				k.track = t + 1
			}
		}
		for k.track < len(tracks) && slices.ContainsFunc(tracks[k.track], k.touches) {
			k.track++
		}
		if k.track == len(tracks) {
			tracks = append(tracks, nil)
		}
		tracks[k.track] = append(tracks[k.track], k)
	}
	return len(tracks)
}

// followsInColumn reports whether a link comes down in the column that another one leaves: below that, for there is no room beside it.
func (k *link) followsInColumn(other *link) bool { return k != other && other.from == k.to }

// touches reports whether two links on one line would be one.
func (k *link) touches(other *link) bool {
	return min(k.from, k.to) <= max(other.from, other.to)+1 && max(k.from, k.to) >= min(other.from, other.to)-1
}

// sidestep lets a link arrive one column beside where it would, if nothing else leads there.
func (l *layers) sidestep(k *link, links []*link) {
	n := l.nodes[k.lower]
	for _, x := range []int{k.to + 1, k.to - 1} {
		isFree := !slices.ContainsFunc(links, func(other *link) bool { return other.from == x || other.to == x })
		if n.box >= 0 && n.x < x && x < n.x+n.width-1 && isFree {
			k.to = x
			return
		}
	}
}
