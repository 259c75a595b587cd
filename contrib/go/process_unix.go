//go:build unix

package mockflared

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

// Go has no hook for the end of a test process. So a shell waits for the end of a pipe that this
// process holds, which comes however the process ends, and then stops its group: npx, which
// passes no signal on, and the server.
const supervised = `exec 3<&0
(read -r _ <&3; kill -TERM 0) >/dev/null 2>&1 &
exec 3<&- </dev/null
exec %s`

// startServer returns the URL of a server that stops when this process ends.
func startServer(command string, timeout time.Duration) (string, error) {
	printed := &output{url: make(chan string, 1)}
	url := printed.url
	process := exec.Command("sh", "-c", fmt.Sprintf(supervised, command))
	process.Env = append(os.Environ(), "MOCKFLARED_PORT=0", "MOCKFLARED_LOG=off")
	process.Stdout, process.Stderr = printed, printed
	process.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	held, err := process.StdinPipe()
	if err != nil {
		return "", err
	}
	if err := process.Start(); err != nil {
		return "", err
	}

	ended := make(chan error, 1)
	go func() { ended <- process.Wait() }()
	select {
	case found := <-url:
		return found, nil
	case err := <-ended:
		return "", fmt.Errorf("%q ended (%v): %s", command, err, strings.TrimSpace(printed.String()))
	case <-time.After(timeout):
		_ = held.Close()
		return "", fmt.Errorf("%q was not ready after %s: %s", command, timeout, strings.TrimSpace(printed.String()))
	}
}
