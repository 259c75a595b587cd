package mockflared

import (
	"context"
	"encoding/json"
	"net/http"
)

// State returns the whole state of the world, in the format of seeds.
func (c *Client) State(ctx context.Context) (json.RawMessage, error) {
	return call[json.RawMessage](ctx, c, http.MethodGet, "/state", nil)
}

// PutState replaces the state of the world by anything that marshals to the format of seeds.
func (c *Client) PutState(ctx context.Context, state any) error {
	return c.Call(ctx, http.MethodPut, "/state", state, nil)
}

// Reset resets everything: data, clock, random numbers, faults, request log, scheduled jobs. to is
// "seed", "empty" or the name of a snapshot.
func (c *Client) Reset(ctx context.Context, to string) error {
	return c.Call(ctx, http.MethodPost, "/reset", map[string]string{"to": to}, nil)
}
