//go:build unix

package main

import (
	"os"
	"syscall"
)

// notifyReport returns a channel that receives a signal whenever the counters are asked for.
func notifyReport() <-chan os.Signal { return notifySignal(syscall.SIGUSR1) }

// notifyResize returns a channel that receives a signal whenever the terminal's size changes. [signal.Stop] ends that.
func notifyResize() chan os.Signal { return notifySignal(syscall.SIGWINCH) }
