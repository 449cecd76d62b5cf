package command

import "github.com/spf13/pflag"

// defineMetrics defines metrics, which prints the server's counters in the text format of Prometheus.
func defineMetrics(*pflag.FlagSet) runFunc {
	return func(c *Call, _ []string) error { return c.Author.Metrics(c.out) }
}
