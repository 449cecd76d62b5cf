package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"os"
	"os/signal"
	"runtime/debug"
	"sync"
	"syscall"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"postern/content"
	"postern/content/live"
	"postern/keys"
	"postern/sshapp"
)

// defaultAddr is not port 22: that takes a privilege, and a machine's own sshd has it as a rule.
const defaultAddr = ":2222"

// serveFlags are what serve can be told on its command line.
type serveFlags struct {
	addr     string
	data     string
	host     string
	proxies  []string
	cache    int64 // MiB
	doze     time.Duration
	maxAwake int
	grace    time.Duration
	watch    bool
	limits   sshapp.Limits
}

func newServe() *cobra.Command {
	f := serveFlags{limits: machineLimits()}
	cmd := &cobra.Command{
		Use:   "serve [DIR]",
		Short: "Serve a blog over SSH",
		Long: "Serve serves the Markdown in DIR, or the embedded welcome blog without it, until it is told to stop.\n" +
			"What changes in DIR is shown to readers at their next key.\n" +
			"SIGTERM stops it gently, a second one at once. SIGHUP starts the program anew, which takes the new readers, while\n" +
			"this process serves its own until they leave. SIGUSR1 logs a line of counters.",
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !cmd.Flags().Changed("max-awake") {
				f.maxAwake = maxAwake(f.limits.Memory)
			}
			if err := checkLimits(cmd.Flags()); err != nil {
				return err
			}
			return serve(cmd.Context(), args, f, cmd.ErrOrStderr())
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.addr, "addr", defaultAddr, "address to listen on; port 0 picks a free one")
	addData(flags, &f.data)
	flags.StringVar(&f.host, "host", "", "what readers type to come here, for links and examples, such as blog.example.com:2222")
	flags.StringSliceVar(&f.proxies, "proxy", nil, "networks of proxies that send a PROXY protocol header, such as 192.0.2.7/32")
	flags.Int64Var(&f.cache, "cache", 32, "most memory for typeset posts, in MiB")
	flags.DurationVar(&f.doze, "doze", 3*time.Second, "how long a reader's session stays awake without input")
	flags.IntVar(&f.maxAwake, "max-awake", maxAwake(f.limits.Memory), "most sessions awake at once, in terminals of 120×40; past it the one longest without input sleeps")
	flags.DurationVar(&f.grace, "grace", 30*time.Second, "how long readers may read on when the server stops, up to 24h")
	flags.BoolVar(&f.watch, "watch", true, "follow the directory, and show what changes in it")
	addLimits(flags, &f.limits)
	return cmd
}

// config makes a server's configuration out of flags.
func (f serveFlags) config() (sshapp.Config, error) {
	c := sshapp.Config{Version: version(), Limits: f.limits, Doze: f.doze, MaxAwake: f.maxAwake, Grace: f.grace}
	if f.grace < 0 || f.grace > 24*time.Hour {
		return c, fmt.Errorf("--grace %v is not between 0 and 24h", f.grace)
	}
	var err error
	if c.Host, err = content.ParseHost(f.host); err != nil {
		return c, fmt.Errorf("--%w", err)
	}
	for _, s := range f.proxies {
		p, err := netip.ParsePrefix(s)
		if err != nil {
			return c, fmt.Errorf("--proxy %q is not a network; write it as 192.0.2.7/32", s)
		}
		c.Proxies = append(c.Proxies, p)
	}
	return c, nil
}

// serve loads the blog, says what is wrong with it, and serves it until ctx is done.
func serve(ctx context.Context, args []string, f serveFlags, stderr io.Writer) error {
	c, err := f.config()
	if err != nil {
		return err
	}
	s, err := openSite(args)
	if err != nil {
		return err
	}
	s.report(stderr)
	c.Blog = s.blog(f.cache << 20)
	if c.HostKey, err = keys.Host(f.data); err != nil {
		return err
	}
	c.Log = slog.New(logHandler(stderr))
	slog.SetDefault(c.Log) // for what the libraries say
	if f.limits.Memory > 0 {
		debug.SetMemoryLimit(f.limits.Memory)
	}

	ln, err := listen(ctx, f.addr)
	if err != nil {
		return err
	}
	retire := make(chan struct{})
	c.Retire = retire
	c.Report = received(syscall.SIGUSR1)
	switch {
	case os.Getpid() == 1: // a container ends with its first process
		go refuseUpgrades(received(syscall.SIGHUP), c.Log)
	case !onTerminal(stderr): // where SIGHUP tells of the terminal's end
		go upgradeOn(received(syscall.SIGHUP), ln, c.Log, retire)
	}
	fmt.Fprintf(stderr, "postern: %s of %s at %s; read them with: %s\n",
		counted(len(c.Blog.Edition().Posts()), "post"), s.posts(), ln.Addr(), connect(ln.Addr()))
	tellReady()
	if f.watch {
		following, stop := context.WithCancel(ctx)
		var ended sync.WaitGroup
		ended.Go(func() { s.follow(following, s.logTo(c.Log)) })
		defer ended.Wait()
		defer stop()
	}
	return sshapp.Serve(ctx, ln, c)
}

// report prints all that is wrong when the server starts.
func (s *site) report(w io.Writer) {
	for _, p := range s.Library().Problems() {
		fmt.Fprintln(w, p)
	}
	if err := s.dress(); err != nil {
		fmt.Fprintln(w, themeProblem(s.Library(), err))
	}
	if warning := s.warnEmpty(); warning != "" {
		fmt.Fprintln(w, warning)
	}
}

// logTo returns what logs a change: a line for it, and one for each problem that is new.
func (s *site) logTo(log *slog.Logger) func(live.Reload) {
	return func(r live.Reload) {
		for _, p := range r.Problems {
			level := slog.LevelWarn
			if p.Severity == content.Error {
				level = slog.LevelError
			}
			log.Log(context.Background(), level, p.String())
		}
		if r.Err != nil {
			log.Error("follow", "error", r.Err)
			return
		}
		if warning := s.warnEmpty(); warning != "" {
			log.Warn(warning)
		}
		log.Info("reloaded", "posts", len(s.Library().At(time.Now()).Posts()), "changed", len(r.Changed), "took", r.Took.Round(10*time.Microsecond).String())
	}
}

// received returns a channel that gets a signal whenever the process does.
func received(s os.Signal) <-chan os.Signal {
	c := make(chan os.Signal, 1)
	signal.Notify(c, s)
	return c
}

// connect is the command that reaches an address from this machine.
func connect(addr net.Addr) string {
	host, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return "ssh"
	}
	if ip := net.ParseIP(host); ip == nil || ip.IsUnspecified() || ip.IsLoopback() {
		host = "localhost"
	}
	here, _ := content.ParseHost(net.JoinHostPort(host, port)) // of an address that is listened on
	return here.Command("")
}

// logHandler writes for people on a terminal, and for machines elsewhere.
func logHandler(w io.Writer) slog.Handler {
	if onTerminal(w) {
		return slog.NewTextHandler(w, nil)
	}
	return slog.NewJSONHandler(w, nil)
}

func onTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(f.Fd())
}
