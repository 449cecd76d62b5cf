package settings

import "testing"

// A host is written as readers type it, in a command and in a link.
func TestHost(t *testing.T) {
	for _, tt := range []struct{ host, command, to, link string }{
		{"", "ssh HOST", "ssh a-post@HOST", "ssh://a-post@HOST"},
		{"blog.example.com", "ssh blog.example.com", "ssh a-post@blog.example.com", "ssh://a-post@blog.example.com"},
		{"blog.example.com:22", "ssh blog.example.com", "ssh a-post@blog.example.com", "ssh://a-post@blog.example.com"},
		{"blog.example.com:2222", "ssh -p 2222 blog.example.com", "ssh -p 2222 a-post@blog.example.com", "ssh://a-post@blog.example.com:2222"},
		{"203.0.113.7:2222", "ssh -p 2222 203.0.113.7", "ssh -p 2222 a-post@203.0.113.7", "ssh://a-post@203.0.113.7:2222"},
		{"[2001:db8::7]", "ssh 2001:db8::7", "ssh a-post@2001:db8::7", "ssh://a-post@[2001:db8::7]"},
		{"[2001:db8::7]:2222", "ssh -p 2222 2001:db8::7", "ssh -p 2222 a-post@2001:db8::7", "ssh://a-post@[2001:db8::7]:2222"},
	} {
		h, err := ParseHost(tt.host)
		if err != nil || h.Command("") != tt.command || h.Command("a-post") != tt.to || h.Link("a-post") != tt.link {
			t.Errorf("%q (%v): %q, %q, %q", tt.host, err, h.Command(""), h.Command("a-post"), h.Link("a-post"))
		}
	}
	if got := Host("b").Link("pt-br/olá"); got != "ssh://pt-br%2Fol%C3%A1@b" {
		t.Errorf("the link is %q", got)
	}
	for _, bad := range []string{"a b", "a;b", "-x", "a:b", "a:0", "a:65536", "a:123456", "::1", "ssh://a", "a/b", "a\nb", "\x1b"} {
		if h, err := ParseHost(bad); err == nil {
			t.Errorf("%q is taken for %q", bad, h)
		}
	}
}

// TestCopyCommand: the command works in any shell, whatever the file is called.
func TestCopyCommand(t *testing.T) {
	for _, c := range []struct{ host, path, want string }{
		{"", "/images/a.png", "scp HOST:/images/a.png ."},
		{"blog.example.com:2222", "/images/a.png", "scp -P 2222 blog.example.com:/images/a.png ."},
		{"[::1]", "/images/the sea's.png", `scp '[::1]:/images/the sea'\''s.png' .`},
	} {
		if got := Host(c.host).CopyCommand(c.path); got != c.want {
			t.Errorf("%s, and not %s", got, c.want)
		}
	}
}
