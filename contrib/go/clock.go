package mockflared

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

// Clock is the clock of a world.
type Clock struct {
	// Now is the time in the world.
	Now time.Time `json:"now"`
	// Frozen says that time does not pass by itself.
	Frozen bool `json:"frozen"`
	// NextDue is when the next scheduled job is due; nil if there is none.
	NextDue *time.Time `json:"next_due"`
	// Happened is what fell due during a move, in order.
	Happened []Event `json:"happened"`
}

// Event is something that happened in a world. Its type decides which other fields are set.
type Event struct {
	ID           int       `json:"id"`
	At           time.Time `json:"at"`
	Type         string    `json:"type"`
	AccountID    string    `json:"account_id"`
	TunnelID     string    `json:"tunnel_id"`
	ConnectorID  string    `json:"connector_id"`
	ConnectionID string    `json:"connection_id"`
	// Before and Status are the tunnel's status before and after the event.
	Before string `json:"before"`
	Status string `json:"status"`
	Reason string `json:"reason"`
}

// Clock reads the clock.
func (c *Client) Clock(ctx context.Context) (Clock, error) {
	return call[Clock](ctx, c, http.MethodGet, "/clock", nil)
}

// Advance moves the clock on, to the millisecond, and returns what fell due.
func (c *Client) Advance(ctx context.Context, by time.Duration) (Clock, error) {
	return call[Clock](ctx, c, http.MethodPost, "/clock", map[string]string{"advance": fmt.Sprintf("%dms", by.Milliseconds())})
}

// Freeze stops the clock at a time; at the present one if that is zero.
func (c *Client) Freeze(ctx context.Context, at time.Time) (Clock, error) {
	var freeze any = true
	if !at.IsZero() {
		freeze = at.Format(time.RFC3339Nano)
	}
	return call[Clock](ctx, c, http.MethodPost, "/clock", map[string]any{"freeze": freeze})
}

// SetClock moves the clock to a time.
func (c *Client) SetClock(ctx context.Context, at time.Time) (Clock, error) {
	return call[Clock](ctx, c, http.MethodPost, "/clock", map[string]string{"set": at.Format(time.RFC3339Nano)})
}

// ResumeClock lets time pass again, from where the clock is.
func (c *Client) ResumeClock(ctx context.Context) (Clock, error) {
	return call[Clock](ctx, c, http.MethodPost, "/clock", map[string]bool{"resume": true})
}

func call[Result any](ctx context.Context, c *Client, method, path string, body any) (Result, error) {
	var result Result
	err := c.Call(ctx, method, path, body, &result)
	return result, err
}
