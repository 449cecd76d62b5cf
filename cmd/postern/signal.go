package main

import (
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"postern/sshapp/handover"
)

// upgradeOnHangup has SIGHUP replace this process, which writes to stderr. It returns a channel that is closed once another
// process serves.
func upgradeOnHangup(stderr io.Writer, u handover.Upgrade) <-chan struct{} {
	retire := make(chan struct{})
	switch {
	case os.Getpid() == 1: // of a container, which ends with its first process
		go handover.Refuse(notifySignal(syscall.SIGHUP), u.Log)
	case !onTerminal(stderr): // a terminal sends SIGHUP when it is closed
		go u.Run(notifySignal(syscall.SIGHUP), retire)
	}
	return retire
}

// notifySignal returns a channel that receives a signal whenever the process does. It can be sent to only because
// [signal.Stop], which ends that, wants such a one.
func notifySignal(s os.Signal) chan os.Signal {
	c := make(chan os.Signal, 1)
	signal.Notify(c, s)
	return c
}

// secondStop returns a channel that is closed when the process, which writes to stderr, is told to stop for the second time. On a
// terminal it says after the first time that there is a second. A third time ends the process.
func secondStop(stderr io.Writer) <-chan struct{} {
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	second := make(chan struct{})
	go func() {
		<-signals
		if onTerminal(stderr) {
			fmt.Fprintln(stderr, "postern: stopping once readers have left; Ctrl-C again stops at once")
		}
		<-signals
		signal.Stop(signals)
		close(second)
	}()
	return second
}
