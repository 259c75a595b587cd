package testcontainers

import (
	"context"
	"encoding/json"
	"io"
	"net/url"
	"strings"
	"testing"

	"github.com/moby/moby/api/types/container"
	"github.com/moby/moby/api/types/network"
	mockflared "github.com/mockflared/mockflared/contrib/go"
	"github.com/testcontainers/testcontainers-go"
	"github.com/testcontainers/testcontainers-go/wait"
)

// requestFor returns the settings of a container that is not started.
func requestFor(t *testing.T, options ...testcontainers.ContainerCustomizer) testcontainers.GenericContainerRequest {
	t.Helper()
	request := testcontainers.GenericContainerRequest{}
	for _, option := range append(defaults("made-up"), options...) {
		if err := option.Customize(&request); err != nil {
			t.Fatal(err)
		}
	}
	return request
}

func TestAContainerExposesItsPortAndHasItsOwnControlToken(t *testing.T) {
	request := requestFor(t)
	if len(request.ExposedPorts) != 1 || request.ExposedPorts[0] != "8844/tcp" {
		t.Error(request.ExposedPorts)
	}
	if request.Env["MOCKFLARED_CONTROL_TOKEN"] != "made-up" || request.Env["MOCKFLARED_HOST"] != "0.0.0.0" {
		t.Error(request.Env)
	}
}

func TestSeedsAreNamesFilesAndStates(t *testing.T) {
	state := map[string]any{"tunnels": []any{}}
	request := requestFor(t, WithSeed("demo"), WithSeedFile("mine.json"), WithState(state))
	if seeds := request.Env["MOCKFLARED_SEED"]; seeds != "demo,/mockflared-seeds/1.json,/mockflared-seeds/2.json" {
		t.Error(seeds)
	}
	if path := request.Files[0].HostFilePath; !strings.HasSuffix(path, "/mine.json") {
		t.Error(path)
	}
	content, err := io.ReadAll(request.Files[1].Reader)
	if err != nil || string(content) != `{"tunnels":[]}` {
		t.Error(string(content), err)
	}
}

func TestOptionsAreTheVariablesOfTheCommand(t *testing.T) {
	request := requestFor(t, WithOption("rate_limit", true), WithOption("max_worlds", 5))
	if request.Env["MOCKFLARED_RATE_LIMIT"] != "true" || request.Env["MOCKFLARED_MAX_WORLDS"] != "5" {
		t.Error(request.Env)
	}
}

// served is a container whose port is that of a server on this machine.
type served struct {
	wait.StrategyTarget
	port string
}

func (served) Host(context.Context) (string, error) { return "127.0.0.1", nil }

func (served) State(context.Context) (*container.State, error) {
	return &container.State{Running: true, Status: container.StateRunning}, nil
}

func (s served) MappedPort(context.Context, string) (network.Port, error) {
	return network.ParsePort(s.port)
}

func TestTheWaitStrategyEndsWhenAServerIsReady(t *testing.T) {
	base, err := url.Parse(mockflared.NewWorld(t).BaseURL)
	if err != nil {
		t.Fatal(err)
	}
	if err := ready().WaitUntilReady(t.Context(), served{port: base.Port() + "/tcp"}); err != nil {
		t.Error(err)
	}
}

func TestARunningContainerServesWorlds(t *testing.T) {
	testcontainers.SkipIfProviderIsNotHealthy(t)
	running, err := Run(t.Context(), "mockflared", WithSeed("demo"))
	testcontainers.CleanupContainer(t, running)
	if err != nil {
		t.Fatal(err)
	}
	client, err := running.Client(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	state, err := mockflared.NewWorld(t, mockflared.OnServer(client)).Client.State(t.Context())
	var content struct{ Tunnels []any }
	if err != nil || json.Unmarshal(state, &content) != nil || len(content.Tunnels) == 0 {
		t.Error(string(state), err)
	}
}
