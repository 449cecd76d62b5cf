package picture

// A Support says whether a terminal can do something.
type Support uint8

const (
	UnknownSupport Support = iota // until it has answered
	Supported
	Unsupported
)

// A Capability is something that a terminal may be able to do. It is asked once, when there is a picture for which that matters.
type Capability struct {
	support Support
	wanted  bool
	asked   bool
}

// Supported reports whether the terminal can do it. If that isn't known, the terminal is to be asked.
func (c *Capability) Supported() bool {
	c.wanted = true
	return c.support == Supported
}

// Ask reports whether to ask the terminal now. It does so once.
func (c *Capability) Ask() bool {
	ask := c.wanted && !c.asked && c.support == UnknownSupport
	c.asked = c.asked || ask
	return ask
}

// Answer takes the terminal's answer.
func (c *Capability) Answer(yes bool) {
	switch {
	case c.support != UnknownSupport:
	case yes:
		c.support = Supported
	default:
		c.support = Unsupported
	}
}
