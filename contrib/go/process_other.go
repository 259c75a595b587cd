//go:build !unix

package mockflared

import (
	"errors"
	"time"
)

func startServer(string, time.Duration) (string, error) {
	return "", errors.New("on this system mockflared must be started by hand")
}
