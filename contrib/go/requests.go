package mockflared

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// Request is a request to the emulated API with its response. Secrets are "[redacted]".
type Request struct {
	ID        int             `json:"id"`
	At        time.Time       `json:"at"`
	Operation string          `json:"operation"`
	Method    string          `json:"method"`
	Path      string          `json:"path"`
	TunnelID  string          `json:"tunnel_id"`
	Query     map[string]any  `json:"query"`
	Body      json.RawMessage `json:"body"`
	// Status is zero if the connection ended before a response.
	Status int             `json:"status"`
	Answer json.RawMessage `json:"answer"`
	// Unread are the keys that were sent and that nothing read, such as body.colour.
	Unread []string `json:"unread"`
}

// RequestFilter selects requests by all fields that are set.
type RequestFilter struct {
	Operation string
	Method    string
	TunnelID  string
	Status    int
}

// Expectation is a request that must have been sent. Only the fields that are set are compared.
type Expectation struct {
	Operation string `json:"operation,omitempty"`
	Method    string `json:"method,omitempty"`
	// Path is without the base path.
	Path     string `json:"path,omitempty"`
	TunnelID string `json:"tunnel_id,omitempty"`
	// Body is anything that marshals to JSON; only the keys that it has are compared.
	Body   any `json:"body,omitempty"`
	Status int `json:"status,omitempty"`
	// Count is how many must match. Nil: at least one.
	Count *Count `json:"count,omitempty"`
}

// Count is a range. With Max alone, Min is zero.
type Count struct {
	Min *int `json:"min,omitempty"`
	Max *int `json:"max,omitempty"`
}

// Verification is whether an expectation was met.
type Verification struct {
	Passed  bool `json:"passed"`
	Matched int  `json:"matched"`
	// Message says in several lines what came nearest and how it differed.
	Message string `json:"message"`
}

// ListRequests returns the request log, the newest last.
func (c *Client) ListRequests(ctx context.Context, filter RequestFilter) ([]Request, error) {
	query := url.Values{}
	for key, value := range map[string]string{
		"operation": filter.Operation,
		"method":    filter.Method,
		"tunnel_id": filter.TunnelID,
	} {
		if value != "" {
			query.Set(key, value)
		}
	}
	if filter.Status != 0 {
		query.Set("status", strconv.Itoa(filter.Status))
	}
	return call[[]Request](ctx, c, http.MethodGet, "/requests?"+query.Encode(), nil)
}

// VerifyRequests says whether a request was sent, and how often.
func (c *Client) VerifyRequests(ctx context.Context, expectation Expectation) (Verification, error) {
	return call[Verification](ctx, c, http.MethodPost, "/requests/verify", expectation)
}
