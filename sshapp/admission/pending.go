package admission

import "math/rand/v2"

// The connections that have not authenticated are bounded, and whoever opens more of them than anyone else loses first. (To
// close the oldest would close the distant reader's: her handshake takes a second from 250 ms away, and those of an attacker
// who sends nothing take none of his time.) What must hold: an address with one such connection loses it only when every
// address has one and, while there is a client who has sent nothing, only if hers has sent nothing either.

// pending are the connections that have not authenticated. The gate's lock guards it.
type pending map[*Conn]struct{}

// excess returns a connection to close, now that one has come, nil for none. From half of the limit on one of an address with
// several is closed at random, more and more often; past the limit one is always.
func (p pending) excess(limit int) *Conn {
	early := limit / 2
	if limit == 0 || len(p) <= early {
		return nil
	}
	worst := p.worst()
	full := len(p) > limit
	if full || worst.source.pending > 1 && rand.IntN(limit-early) < len(p)-early {
		return worst
	}
	return nil
}

// worst returns one of the connections of the addresses that have the most; among these, of the clients who have sent nothing;
// among these, any.
func (p pending) worst() *Conn {
	var worst *Conn
	equal := 0
	for c := range p {
		switch worse := c.worseThan(worst); {
		case worse > 0:
			worst, equal = c, 1
		case worse == 0:
			equal++
			if rand.IntN(equal) == 0 {
				worst = c
			}
		}
	}
	return worst
}

// worseThan returns a number above 0 if the connection is to be closed before another, and 0 if either may be. Nil is never
// to be closed.
func (c *Conn) worseThan(other *Conn) int {
	switch {
	case other == nil:
		return 1
	case c.source.pending != other.source.pending:
		return c.source.pending - other.source.pending
	case c.heard.Load() == other.heard.Load():
		return 0
	case other.heard.Load():
		return 1
	}
	return -1
}
