package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/netip"
	"path/filepath"
	"runtime/debug"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"postern/content"
	"postern/content/live"
	"postern/content/publish"
	"postern/content/settings"
	"postern/content/welcome"
	"postern/keys"
	"postern/sshapp"
	"postern/sshapp/admission"
	"postern/sshapp/cluster"
	"postern/sshapp/handover"
	"postern/sshapp/publishing"
	"postern/sshapp/reads"
	"postern/sshapp/site"
	"postern/sshapp/state"
)

// serveFlags are the flags of serve.
type serveFlags struct {
	addr     string
	data     string
	database string
	host     string
	hostKey  hostKeyFlags
	proxies  []string
	cache    int64 // bytes
	grace    time.Duration
	drain    time.Duration
	watch    bool
	logged   logAddresses
	site     publish.Limits
	limits   admission.Limits
}

func defaultServe() serveFlags {
	return serveFlags{cache: 32 << 20, limits: defaultLimits(), site: publish.DefaultLimits(), logged: shortAddresses}
}

func newServe() *cobra.Command {
	f := defaultServe()
	cmd := &cobra.Command{
		Use:   "serve [DIR]",
		Short: "Serve a blog over SSH",
		Long: "Serve serves the Markdown in DIR until it is told to stop. What changes in DIR is shown to readers at their next " +
			"key.\n" +
			"Without DIR it serves the site that authors publish through SSH, which is kept in the data directory: the embedded " +
			"manual until the first publication.\n" +
			"SIGTERM stops it gently, a second one without waiting for readers. SIGHUP starts the program again: the new " +
			"process takes the new readers, while this one serves its own until they leave. SIGUSR1 logs a line of counters.",
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkLimits(cmd.Flags(), f.limits); err != nil {
				return usageError{err}
			}
			return serve(cmd.Context(), args, f, cmd.ErrOrStderr())
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.addr, "addr", defaultAddr, "address to listen on; port 0 picks a free one")
	addData(flags, &f.data)
	addDatabase(flags, &f.database)
	f.hostKey.add(flags)
	flags.StringVar(&f.hostKey.certificate, "host-cert", "", "certificate of the host key, for readers who trust its authority")
	flags.StringVar(&f.host, "host", "", "what readers type to come here, for links and examples, such as blog.example.com:2222")
	flags.StringSliceVar(&f.proxies, "proxy", nil, "networks of proxies that send a PROXY protocol header, such as 192.0.2.7/32")
	flags.Var(size[int64]{&f.cache}, "cache", "most memory for typeset posts")
	flags.DurationVar(&f.grace, "grace", 30*time.Second, "how long readers may read on when the server stops, up to 24h")
	flags.DurationVar(&f.drain, "drain-delay", 0, "how long to accept connections after SIGTERM, until balancers send no more, up to 1h")
	flags.Var(&f.logged, "log-addresses", "how much of the addresses of clients the log has: full, short (the /24 or /48), none")
	flags.BoolVar(&f.watch, "watch", true, "follow the directory, and show what changes in it")
	addSite(flags, &f.site)
	addLimits(flags, &f.limits)
	return cmd
}

// config returns the part of a server's configuration that the flags alone decide.
func (f serveFlags) config() (sshapp.Config, error) {
	c := sshapp.Config{Version: version(), Limits: f.limits, Grace: f.grace, DrainDelay: f.drain}
	if f.grace < 0 || f.grace > 24*time.Hour {
		return c, fmt.Errorf("--grace %v is not between 0 and 24h", f.grace)
	}
	if f.drain < 0 || f.drain > time.Hour {
		return c, fmt.Errorf("--drain-delay %v is not between 0 and 1h", f.drain)
	}
	err := checkAddr(f.addr)
	if err != nil {
		return c, err
	}
	if c.Host, err = settings.ParseHost(f.host); err != nil {
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

// A served blog is what serve shows.
type served struct {
	*site.Site
	publisher *publishing.Publisher // nil for a directory
	follow    func(context.Context, func(live.Reload))
}

// openServed opens the directory that args name, or without one the site that is published into.
func openServed(args []string, f serveFlags) (served, error) {
	if len(args) > 0 {
		s, err := site.Open(args[0])
		if err != nil {
			return served{}, directoryError(args[0], err)
		}
		return served{Site: s, follow: s.Follow}, nil
	}
	manual, err := content.NewScan(welcome.FS)
	if err != nil {
		return served{}, err
	}
	p, err := publishing.Open(filepath.Join(f.data, publish.Dir), f.site, "the welcome blog", manual)
	if err != nil {
		return served{}, err
	}
	if err := p.Store.Occupy(); err != nil {
		p.Close()
		return served{}, err
	}
	if f.database == "" && cluster.Joined(f.data) { // only now, as until here migrate could move the site
		// What was published here alone would be another generation of the same number than that of the other machines.
		p.Close()
		return served{}, fmt.Errorf("the data directory %s shares its site through a database; name that with --database", f.data)
	}
	return served{p.Site, p, p.Follow}, nil
}

// serve opens the blog, prints what is wrong with it, and serves it until ctx is done.
func serve(ctx context.Context, args []string, f serveFlags, stderr io.Writer) error {
	c, err := f.config()
	if err != nil {
		return usageError{err}
	}
	program, err := handover.Program()
	if err != nil {
		return err
	}
	c.Log = slog.New(logHandler(stderr, f.logged))
	slog.SetDefault(c.Log) // for what the libraries say
	if err := f.hostKey.read(&c, f.data); err != nil {
		return err
	}
	var with *shared
	if f.database != "" {
		if with, err = join(ctx, args, f, c); err != nil {
			return err
		}
		defer with.db.Close()
	}
	s, err := openServed(args, f)
	if err != nil {
		return err
	}
	printProblems(stderr, s.Site)
	database := state.NewDatabase(f.data, c.Log)
	if with != nil {
		database = state.NewSharedDatabase(with.db, c.Log)
	}
	defer database.Close()
	c.Site, c.Blog = s.Site, s.Blog(f.cache)
	c.Authors = keys.NewAuthors(f.data, func(err error) { c.Log.Warn("authors", "error", err) })
	c.Readers, c.Reads = state.NewKeeper(f.data, database, c.Log), reads.NewCounter(database)
	if c.Publisher = s.publisher; s.publisher != nil {
		defer s.publisher.Close() // after the node has ended, which publishes into it
		s.publisher.Log = c.Log
		if with != nil {
			s.publisher.Store.Share(with.node)
			defer background(context.WithoutCancel(ctx), func(ctx context.Context) { with.node.Run(ctx, s.publisher.Store) })()
		}
	}
	if f.limits.Memory > 0 {
		debug.SetMemoryLimit(f.limits.Memory)
	}

	ln, err := handover.Listen(ctx, f.addr)
	if err != nil {
		return listenError(f.addr, program, err)
	}
	c.Report, c.Abort = notifyReport(), secondStop(stderr)
	c.Retire = upgradeOnHangup(stderr, handover.Upgrade{
		Program: program, Version: c.Version, Listener: ln, StartTime: handover.StartTime, Log: c.Log,
	})
	fmt.Fprintf(stderr, "postern %s (%s): %s\n", c.Version, program, servedLine(len(c.Blog.Edition().Posts()), s.PostsDir(), ln.Addr()))
	handover.Ready(c.Version)
	f.hostKey.noteNext(c, f.data)
	defer background(context.WithoutCancel(ctx), c.Readers.Run)() // until the last reader has left
	defer background(context.WithoutCancel(ctx), c.Reads.Run)()
	if f.watch {
		defer background(ctx, func(ctx context.Context) { s.follow(ctx, logReload(c.Log, s.Site)) })()
	}
	return sshapp.Serve(ctx, ln, c)
}

// background calls do in a goroutine. The func that it returns ends it, and waits for its end.
func background(ctx context.Context, do func(context.Context)) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	var ended sync.WaitGroup
	ended.Go(func() { do(ctx) })
	return func() {
		cancel()
		ended.Wait()
	}
}
