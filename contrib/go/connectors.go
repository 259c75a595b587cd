package mockflared

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

// Connector is a simulated cloudflared.
type Connector struct {
	ID      string `json:"id"`
	Version string `json:"version"`
	// ConfigVersion is the version of the configuration that it runs; nil: none yet.
	ConfigVersion *int `json:"config_version"`
	// Connections are all that it ever had.
	Connections []Connection `json:"connections"`
	// TunnelStatus is the status of its tunnel: inactive, healthy, degraded or down.
	TunnelStatus string `json:"tunnel_status"`
}

// Connection is one connection of a connector to a data center.
type Connection struct {
	ID       string     `json:"id"`
	ColoName string     `json:"colo_name"`
	OpenedAt time.Time  `json:"opened_at"`
	LostAt   *time.Time `json:"lost_at"`
	ClosedAt *time.Time `json:"closed_at"`
	// State is live, pending, expired or closed.
	State string `json:"state"`
}

// ConnectOptions describe a connector. The zero value is a usual cloudflared with four connections.
type ConnectOptions struct {
	ID          string `json:"id,omitempty"`
	Version     string `json:"version,omitempty"`
	Connections int    `json:"connections,omitempty"`
	// Token is what cloudflared is run with. Empty: the present token of the tunnel.
	Token string `json:"token,omitempty"`
}

// DisconnectOptions say how a connector goes. The zero value stops it gracefully.
type DisconnectOptions struct {
	// Abrupt loses the connections: they stay, pending reconnect.
	Abrupt bool
	// Connections is how many go. Zero: all.
	Connections int
}

// ConnectConnector connects a simulated cloudflared to a tunnel.
func (c *Client) ConnectConnector(ctx context.Context, accountID, tunnelID string, options ConnectOptions) (Connector, error) {
	return call[Connector](ctx, c, http.MethodPost, connectorsOf(accountID, tunnelID), options)
}

// DisconnectConnector stops a connector, or loses its connections.
func (c *Client) DisconnectConnector(ctx context.Context, accountID, tunnelID, connectorID string, options DisconnectOptions) (Connector, error) {
	body := map[string]any{"graceful": !options.Abrupt}
	if options.Connections > 0 {
		body["connections"] = options.Connections
	}
	path := fmt.Sprintf("%s/%s/disconnect", connectorsOf(accountID, tunnelID), connectorID)
	return call[Connector](ctx, c, http.MethodPost, path, body)
}

// ReconnectConnector brings a connector back under its own id.
func (c *Client) ReconnectConnector(ctx context.Context, accountID, tunnelID, connectorID string) (Connector, error) {
	path := fmt.Sprintf("%s/%s/reconnect", connectorsOf(accountID, tunnelID), connectorID)
	return call[Connector](ctx, c, http.MethodPost, path, nil)
}

// ListConnectors returns every connector that a tunnel ever had.
func (c *Client) ListConnectors(ctx context.Context, accountID, tunnelID string) ([]Connector, error) {
	return call[[]Connector](ctx, c, http.MethodGet, connectorsOf(accountID, tunnelID), nil)
}

func connectorsOf(accountID, tunnelID string) string {
	return fmt.Sprintf("/accounts/%s/tunnels/%s/connectors", accountID, tunnelID)
}
