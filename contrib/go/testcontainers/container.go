// Package testcontainers starts mockflared in a container, like the modules of Testcontainers for Go.
package testcontainers

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"

	mockflared "github.com/mockflared/mockflared/contrib/go"
	"github.com/testcontainers/testcontainers-go"
	"github.com/testcontainers/testcontainers-go/wait"
)

const (
	port = "8844/tcp"
	// The image does not load this folder by itself: MOCKFLARED_SEED names each file in it.
	seedFolder = "/mockflared-seeds"
)

// Container is a running container.
type Container struct {
	testcontainers.Container
	controlToken string
}

// Run starts the image, and returns when it is ready. Terminate the container when the test ends,
// with [testcontainers.CleanupContainer].
func Run(ctx context.Context, image string, options ...testcontainers.ContainerCustomizer) (*Container, error) {
	controlToken := rand.Text()
	started, err := testcontainers.Run(ctx, image, append(defaults(controlToken), options...)...)
	var container *Container
	if started != nil {
		container = &Container{Container: started, controlToken: controlToken}
	}
	if err != nil {
		return container, fmt.Errorf("run mockflared: %w", err)
	}
	return container, nil
}

func defaults(controlToken string) []testcontainers.ContainerCustomizer {
	return []testcontainers.ContainerCustomizer{
		testcontainers.WithExposedPorts(port),
		testcontainers.WithEnv(map[string]string{
			"MOCKFLARED_HOST":          "0.0.0.0",
			"MOCKFLARED_PORT":          "8844",
			"MOCKFLARED_CONTROL_TOKEN": controlToken,
		}),
		testcontainers.WithWaitStrategy(ready()),
	}
}

func ready() wait.Strategy {
	return wait.ForHTTP("/readyz").WithPort(port).WithStatusCodeMatcher(func(status int) bool {
		return status == http.StatusOK
	})
}

// WithSeed starts from a bundled seed: docs, demo or every-status. Repeatable, like the other seeds.
func WithSeed(name string) testcontainers.CustomizeRequestOption {
	return func(request *testcontainers.GenericContainerRequest) error {
		return addSeed(request, name)
	}
}

// WithSeedFile starts from a seed file on this machine.
func WithSeedFile(path string) testcontainers.CustomizeRequestOption {
	return func(request *testcontainers.GenericContainerRequest) error {
		absolute, err := filepath.Abs(path)
		if err != nil {
			return err
		}
		return addFile(request, testcontainers.ContainerFile{HostFilePath: absolute})
	}
}

// WithState starts from anything that marshals to the format of seeds.
func WithState(state any) testcontainers.CustomizeRequestOption {
	return func(request *testcontainers.GenericContainerRequest) error {
		content, err := json.Marshal(state)
		if err != nil {
			return err
		}
		return addFile(request, testcontainers.ContainerFile{Reader: bytes.NewReader(content)})
	}
}

// WithOption sets an option of the command under its name in the library, such as rate_limit.
func WithOption(name string, value any) testcontainers.CustomizeRequestOption {
	return testcontainers.WithEnv(map[string]string{"MOCKFLARED_" + strings.ToUpper(name): fmt.Sprint(value)})
}

func addFile(request *testcontainers.GenericContainerRequest, file testcontainers.ContainerFile) error {
	file.ContainerFilePath = fmt.Sprintf("%s/%d.json", seedFolder, len(request.Files)+1)
	file.FileMode = 0o644
	request.Files = append(request.Files, file)
	return addSeed(request, file.ContainerFilePath)
}

func addSeed(request *testcontainers.GenericContainerRequest, seed string) error {
	seeds := seed
	if before := request.Env["MOCKFLARED_SEED"]; before != "" {
		seeds = before + "," + seed
	}
	return testcontainers.WithEnv(map[string]string{"MOCKFLARED_SEED": seeds})(request)
}

// URL returns the address of the container from this machine.
func (c *Container) URL(ctx context.Context) (string, error) {
	return c.PortEndpoint(ctx, port, "http")
}

// BaseURL returns what an SDK takes as its base URL, for the main world.
func (c *Container) BaseURL(ctx context.Context) (string, error) {
	url, err := c.URL(ctx)
	return url + "/client/v4", err
}

// Client returns the control plane of the main world. With [mockflared.OnServer] it gives each test
// a world of its own.
func (c *Container) Client(ctx context.Context) (*mockflared.Client, error) {
	url, err := c.URL(ctx)
	if err != nil {
		return nil, err
	}
	return mockflared.NewClient(url, c.controlToken), nil
}
