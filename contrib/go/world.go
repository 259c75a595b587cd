package mockflared

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"net/http"
	"regexp"
	"testing"
)

// AccountID is the account of every world: the example of Cloudflare's documentation. Any other
// exists as well.
const AccountID = "699d98642c564d2e855e9661899b7252"

// Token is the API token of every world. Any other is valid as well.
const Token = "any-token"

// World is a world of a test: what a client of Cloudflare's API needs, and the control plane.
type World struct {
	// ID is the world's part of its URLs: /w/{id}.
	ID string
	// BaseURL is what an SDK takes as its base URL.
	BaseURL string
	// AccountID is an account of the world: [AccountID].
	AccountID string
	// Token is a valid API token: [Token].
	Token string
	// Client drives the control plane of the world.
	Client *Client
}

// Env returns the variables that point other programs at the world.
func (w *World) Env() map[string]string {
	return map[string]string{
		"CLOUDFLARE_BASE_URL":     w.BaseURL,
		"CLOUDFLARE_API_BASE_URL": w.BaseURL,
		"CLOUDFLARE_API_URL":      w.BaseURL,
		"TUNNEL_API_URL":          w.BaseURL,
		"CLOUDFLARE_ACCOUNT_ID":   w.AccountID,
		"CLOUDFLARE_API_TOKEN":    w.Token,
	}
}

// Option changes how [NewWorld] makes a world.
type Option func(*settings)

type settings struct {
	server *Client
	from   string
	state  any
}

// From is where the world starts: "seed" (the default), "empty" or the name of a snapshot.
func From(source string) Option {
	return func(s *settings) { s.from = source }
}

// WithState starts the world from a state in the format of seeds: anything that marshals to it, such
// as a [encoding/json.RawMessage].
func WithState(state any) Option {
	return func(s *settings) { s.from, s.state = "empty", state }
}

// OnServer makes the world in another server, such as one in a container.
func OnServer(server *Client) Option {
	return func(s *settings) { s.server = server }
}

// NewWorld makes a world for a test, and deletes it when the test ends. Without a server it ends the
// test with the reason.
func NewWorld(t testing.TB, options ...Option) *World {
	t.Helper()
	s := settings{from: "seed"}
	for _, option := range options {
		option(&s)
	}
	if s.server == nil {
		server, err := Server()
		if err != nil {
			t.Fatal(err)
		}
		s.server = server
	}
	world, err := createWorld(context.Background(), s, t.Name())
	if err != nil {
		t.Fatalf("mockflared: cannot make a world: %v", err)
	}
	t.Cleanup(func() {
		if err := world.delete(context.Background()); err != nil {
			t.Errorf("mockflared: cannot delete the world %s: %v", world.ID, err)
		}
	})
	if s.state != nil {
		if err := world.Client.PutState(context.Background(), s.state); err != nil {
			t.Fatalf("mockflared: cannot put the state: %v", err)
		}
	}
	return world
}

var notInID = regexp.MustCompile(`[^A-Za-z0-9_-]`)

// createWorld names the world itself, so that a load balancer can route this request too.
func createWorld(ctx context.Context, s settings, test string) (*World, error) {
	unique := make([]byte, 6)
	if _, err := rand.Read(unique); err != nil {
		return nil, err
	}
	name := notInID.ReplaceAllString(test, "-")
	id := name[:min(len(name), 48)] + "-" + hex.EncodeToString(unique)

	var created struct {
		BaseURL    string `json:"base_url"`
		ControlURL string `json:"control_url"`
	}
	if err := s.server.Call(ctx, http.MethodPut, "/worlds/"+id, map[string]string{"from": s.from, "if_exists": "reuse"}, &created); err != nil {
		return nil, err
	}
	return &World{
		ID:        id,
		BaseURL:   created.BaseURL,
		AccountID: AccountID,
		Token:     Token,
		Client:    &Client{url: created.ControlURL, token: s.server.token},
	}, nil
}

// delete deletes the world, unless the test did.
func (w *World) delete(ctx context.Context) error {
	err := w.Client.Call(ctx, http.MethodDelete, "/worlds/"+w.ID, nil, nil)
	var refusal *ControlError
	if errors.As(err, &refusal) && refusal.Code == "gone" {
		return nil
	}
	return err
}
