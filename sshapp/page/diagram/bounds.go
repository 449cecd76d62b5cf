package diagram

// The bounds of a diagram. Real ones have 30 boxes and 60 arrows at most.
const (
	maxSource = 16 << 10 // bytes
	maxBoxes  = 80
	maxArrows = 200
	maxLines  = 500
	maxPoints = 300 // in rows that arrows lead over; ordering them takes as long as all else
)
