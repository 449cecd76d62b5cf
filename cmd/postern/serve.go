package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"postern/content"
	"postern/keys"
	"postern/sshapp"
	"postern/sshapp/page"
	"postern/sshapp/tui"
)

// defaultAddr is not port 22: that takes a privilege, and a machine's own sshd has it as a rule.
const defaultAddr = ":2222"

// serveFlags are what serve can be told on its command line.
type serveFlags struct {
	addr  string
	data  string
	cache int64 // MiB
	doze  time.Duration
	grace time.Duration
}

func newServe() *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use:   "serve [DIR]",
		Short: "Serve a blog over SSH",
		Long:  "Serve serves the Markdown in DIR, or the embedded welcome blog without it, until it is told to stop.",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return serve(cmd.Context(), args, f, cmd.ErrOrStderr())
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.addr, "addr", defaultAddr, "`address` to listen on; port 0 picks a free one")
	addData(flags, &f.data)
	flags.Int64Var(&f.cache, "cache", 32, "most memory for typeset posts, in `MiB`")
	flags.DurationVar(&f.doze, "doze", 3*time.Second, "how long a reader's session stays awake without input")
	flags.DurationVar(&f.grace, "grace", 30*time.Second, "how long readers may read on when the server stops")
	return cmd
}

// serve loads the blog, says what is wrong with it, and serves it until ctx is done.
func serve(ctx context.Context, args []string, f serveFlags, stderr io.Writer) error {
	lib, name, err := load(args)
	if err != nil {
		return err
	}
	for _, p := range lib.Problems() {
		fmt.Fprintln(stderr, p)
	}
	key, err := keys.Host(f.data)
	if err != nil {
		return err
	}
	ln, err := net.Listen("tcp", f.addr)
	if err != nil {
		return err
	}
	fmt.Fprintf(stderr, "postern: %d posts of %s at %s; read them with: %s\n",
		len(lib.At(time.Now()).Posts()), name, ln.Addr(), connect(ln.Addr()))
	return sshapp.Serve(ctx, ln, sshapp.Config{
		Blog: &tui.Blog{
			Library: func() *content.Library { return lib },
			Pages:   page.NewCache(f.cache << 20),
			Theme:   page.Terminal(),
		},
		HostKey: key,
		Version: version(),
		Log:     slog.New(logHandler(stderr)),
		Limits:  sshapp.DefaultLimits(),
		Doze:    f.doze,
		Grace:   f.grace,
	})
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
	if port == "22" {
		return "ssh " + host
	}
	return "ssh -p " + port + " " + host
}

// logHandler writes for people on a terminal, and for machines elsewhere.
func logHandler(w io.Writer) slog.Handler {
	if f, ok := w.(*os.File); ok && term.IsTerminal(f.Fd()) {
		return slog.NewTextHandler(w, nil)
	}
	return slog.NewJSONHandler(w, nil)
}
