package reads

// KeepDaily sets how many counts are kept by day.
func (c *Counter) KeepDaily(n int) {
	c.saving.Lock()
	defer c.saving.Unlock()
	c.keep = n
}
