package sshapp

import (
	"io"
	"runtime"
	"sync"
	"testing"

	gossh "golang.org/x/crypto/ssh"

	"postern/sshapp/admission/work"
)

// workers have a client cause each kind of work, through the front door. What a client sends beside it costs nothing.
var workers = map[work.Kind]func(h *house, c *gossh.Client){
	work.Answer:  types("dumb", "1\r"),
	work.Archive: runs("archive"),
	work.Command: runs("ls"),
	work.Feed:    runs("feed"),
	work.Draw:    types("xterm-256color", "\r"),
	work.Find:    types("xterm", "\r/line"),
	work.List:    asks(packet(fxOpenDir, 1, "/posts")),
	work.Open:    asks(opening(1, "/posts/post-0.md")),
	work.Read:    asks(opening(1, "/posts/post-0.md"), packet(fxRead, 2, "1", uint64(0), 10)),
	work.Search:  types("xterm", "/line"),
	work.Typeset: types("xterm", "\r"),
	work.Write:   asks(packet(fxMkdir, 1, "/notes", 0)),
}

func runs(line string) func(*house, *gossh.Client) {
	return func(h *house, c *gossh.Client) {
		ch, reqs, err := c.OpenChannel("session", nil)
		if err != nil {
			h.t.Fatal(err)
		}
		go gossh.DiscardRequests(reqs)
		go io.Copy(io.Discard, ch)
		_, _ = ch.SendRequest("exec", false, gossh.Marshal(struct{ Command string }{line}))
	}
}

func types(term, keys string) func(*house, *gossh.Client) {
	return func(h *house, c *gossh.Client) {
		ch := screen(h.t.(*testing.T), c, term, 80, 24)
		go io.Copy(io.Discard, ch)
		_, _ = io.WriteString(ch, keys)
	}
}

func asks(packets ...[]byte) func(*house, *gossh.Client) {
	return func(h *house, c *gossh.Client) {
		ch := h.subsystem(c)
		go io.Copy(io.Discard, ch)
		for _, p := range packets {
			_, _ = ch.Write(p)
		}
	}
}

// TestWorkTakesTurns walks all kinds of work that a client can cause. None is done while it is others' turn, none is done for a
// client who has gone meanwhile, and all are done for one who is there.
func TestWorkTakesTurns(t *testing.T) {
	for _, kind := range work.Kinds() {
		do := workers[kind]
		if do == nil {
			t.Errorf("%v: no test causes it", kind)
			continue
		}
		t.Run(kind.String(), func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				h := open(t, nil)
				connect := func() *gossh.Client { return h.mustAs(nil) }
				queue := h.server.gate.Queue()
				switch kind {
				case work.Draw:
					h = open(t, withPicture(t))
					queue = h.server.gate.PictureQueue()
				case work.Write:
					author := newKey(t)
					h = openPublished(t, author, "KEY ada")
					connect = func() *gossh.Client { return h.authorSSH(author) }
					queue = h.server.gate.Queue()
				}
				release := occupy(queue, (kind+1)%work.Kind(len(workers)))
				defer release()
				settle()
				c := connect()
				do(h, c)
				settle()
				if queue.String() != "" || queue.Waiting() == 0 {
					t.Fatalf("it doesn't wait: %v is done, %d wait", queue, queue.Waiting())
				}
				c.Close()
				settle()
				if n := queue.Waiting(); n > 0 {
					t.Errorf("%d wait for a client who has gone", n)
				}
				release()
				settle()
				if n := queue.Done(kind); n > 0 {
					t.Errorf("%d were done for a client who had gone", n)
				}
				c = connect()
				defer c.Close()
				do(h, c)
				settle()
				if queue.Done(kind) == 0 || queue.Waiting()+queue.Running() > 0 {
					t.Errorf("%v is done, %d wait, %d run", queue, queue.Waiting(), queue.Running())
				}
			})
		})
	}
}

// occupy takes all turns of a queue until they are released, for work of a kind.
func occupy(queue *work.Queue, kind work.Kind) (release func()) {
	free := make(chan struct{})
	for range max(runtime.GOMAXPROCS(0)-1, 1) {
		go queue.Turn(&work.Source{}, nil).Do(kind, 0, func() { <-free })
	}
	return sync.OnceFunc(func() { close(free) })
}
