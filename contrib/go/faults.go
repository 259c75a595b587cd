package mockflared

import (
	"context"
	"net/http"
)

// Fault is a rule: which requests it matches, and what goes wrong with them. It has either a preset
// or an effect.
type Fault struct {
	// Preset is rate-limited, flaky, slow, outage or eventually-consistent.
	Preset string `json:"preset,omitempty"`
	// Operation is the id of an operation of the API. Empty: any.
	Operation string `json:"operation,omitempty"`
	// Method is an HTTP method. Empty: any.
	Method string `json:"method,omitempty"`
	// Path is without the base path; * is a segment, ** at the end is any rest. Empty: any.
	Path     string `json:"path,omitempty"`
	TunnelID string `json:"tunnel_id,omitempty"`
	// After lets so many matching requests pass first.
	After int `json:"after,omitempty"`
	// Times is how often it acts. Zero: without a limit.
	Times  int     `json:"times,omitempty"`
	Effect *Effect `json:"effect,omitempty"`
}

// Effect is what goes wrong: exactly one field is set.
type Effect struct {
	Error   *ErrorEffect   `json:"error,omitempty"`
	Latency *LatencyEffect `json:"latency,omitempty"`
	// Hang gives no answer.
	Hang bool `json:"hang,omitempty"`
	// Reset cuts the connection: before anything is done, or after everything is.
	Reset string `json:"reset,omitempty"`
	// Body is truncated or malformed.
	Body string `json:"body,omitempty"`
	// HTML is the status of a page instead of JSON: 502, 503 or 504.
	HTML int `json:"html,omitempty"`
}

// ErrorEffect is an error in Cloudflare's envelope.
type ErrorEffect struct {
	Status  int    `json:"status"`
	Code    int    `json:"code"`
	Message string `json:"message,omitempty"`
	// RetryAfter is the header of this name, in seconds.
	RetryAfter *int `json:"retry_after,omitempty"`
}

// LatencyEffect delays an answer, in real time.
type LatencyEffect struct {
	MS       int `json:"ms"`
	JitterMS int `json:"jitter_ms,omitempty"`
}

// FaultReport is a fault of a world.
type FaultReport struct {
	ID string `json:"id"`
	Fault
	// Hits is how many requests it acted on.
	Hits int `json:"hits"`
	// Exhausted says that it cannot act any more.
	Exhausted bool `json:"exhausted"`
}

// AddFault adds a fault. A preset may be several.
func (c *Client) AddFault(ctx context.Context, fault Fault) ([]FaultReport, error) {
	return call[[]FaultReport](ctx, c, http.MethodPost, "/faults", fault)
}

// ListFaults returns the faults with their hits.
func (c *Client) ListFaults(ctx context.Context) ([]FaultReport, error) {
	return call[[]FaultReport](ctx, c, http.MethodGet, "/faults", nil)
}

// ClearFaults removes all faults.
func (c *Client) ClearFaults(ctx context.Context) error {
	return c.Call(ctx, http.MethodDelete, "/faults", nil, nil)
}
