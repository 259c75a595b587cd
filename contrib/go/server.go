package mockflared

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"sync"
	"time"
)

// DefaultCommand starts the mockflared that the project has installed, and downloads none.
const DefaultCommand = "npx --no mockflared"

const startTimeout = time.Minute

// Server returns the control plane of the server that this process uses. It starts one if
// MOCKFLARED_URL is not set.
func Server() (*Client, error) {
	return server()
}

var server = sync.OnceValues(func() (*Client, error) {
	token := os.Getenv("MOCKFLARED_CONTROL_TOKEN")
	if url := os.Getenv("MOCKFLARED_URL"); url != "" {
		return runningServer(url, token)
	}
	command := os.Getenv("MOCKFLARED_COMMAND")
	if command == "" {
		command = DefaultCommand
	}
	url, err := startServer(command, startTimeout)
	if err != nil {
		return nil, fmt.Errorf(`mockflared: cannot start a server: %w
Install it (npm install --save-dev mockflared), name a command in MOCKFLARED_COMMAND,
or start a server and name its URL in MOCKFLARED_URL`, err)
	}
	return NewClient(url, token), nil
})

func runningServer(url, token string) (*Client, error) {
	client := NewClient(url, token)
	if err := client.Call(context.Background(), http.MethodGet, "/", nil, nil); err != nil {
		return nil, fmt.Errorf("mockflared: no control plane answers at MOCKFLARED_URL=%s: %w", url, err)
	}
	return client, nil
}

var ready = regexp.MustCompile(`(?m)^export CLOUDFLARE_BASE_URL=(\S+)/client/v4$`)

// output collects what a server prints until it says where it listens.
type output struct {
	mutex sync.Mutex
	text  []byte
	url   chan string
}

func (o *output) Write(printed []byte) (int, error) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	if o.url == nil {
		return len(printed), nil
	}
	o.text = append(o.text, printed...)
	if found := ready.FindSubmatch(o.text); found != nil {
		o.url <- string(found[1])
		o.url, o.text = nil, nil
	}
	return len(printed), nil
}

func (o *output) String() string {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	return string(o.text)
}
