// The twelve operations by the SDK for Go; prints what programs.ts expects.
package main

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"os"

	"github.com/cloudflare/cloudflare-go/v7"
	"github.com/cloudflare/cloudflare-go/v7/zero_trust"
)

var (
	ctx       = context.Background()
	account   = cloudflare.F(os.Getenv("CLOUDFLARE_ACCOUNT_ID"))
	running   = os.Getenv("RUNNING_TUNNEL")
	connector = os.Getenv("CONNECTOR")
	tunnels   = cloudflare.NewClient().ZeroTrust.Tunnels.Cloudflared
)

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func create(name string) (string, string, error) {
	tunnel, err := tunnels.New(ctx, zero_trust.TunnelCloudflaredNewParams{
		AccountID: account,
		Name:      cloudflare.F(name),
		ConfigSrc: cloudflare.F(zero_trust.TunnelCloudflaredNewParamsConfigSrcCloudflare),
	})
	if err != nil {
		return "", "", err
	}
	return tunnel.ID, string(tunnel.Status), nil
}

func conflict() int {
	_, _, err := create("blog")
	var refusal *cloudflare.Error
	if errors.As(err, &refusal) {
		return refusal.StatusCode
	}
	return 0
}

func listed() []string {
	names := []string{}
	pages := tunnels.ListAutoPaging(ctx, zero_trust.TunnelCloudflaredListParams{
		AccountID: account,
		PerPage:   cloudflare.F(1.0),
	})
	for pages.Next() {
		names = append(names, pages.Current().Name)
	}
	must(0, pages.Err())
	return names
}

func configure(id string) *zero_trust.TunnelCloudflaredConfigurationUpdateResponse {
	type config = zero_trust.TunnelCloudflaredConfigurationUpdateParamsConfig
	type rule = zero_trust.TunnelCloudflaredConfigurationUpdateParamsConfigIngress
	return must(tunnels.Configurations.Update(ctx, id, zero_trust.TunnelCloudflaredConfigurationUpdateParams{
		AccountID: account,
		Config: cloudflare.F(config{Ingress: cloudflare.F([]rule{
			{Hostname: cloudflare.F("blog.example.com"), Service: cloudflare.F("http://localhost:8080")},
			{Service: cloudflare.F("http_status:404")},
		})}),
	}))
}

func tunnelIn(token string) string {
	var content struct {
		Tunnel string `json:"t"`
	}
	must(0, json.Unmarshal(must(base64.StdEncoding.DecodeString(token)), &content))
	return content.Tunnel
}

func connectors() []zero_trust.Client {
	return must(tunnels.Connections.Get(ctx, running, zero_trust.TunnelCloudflaredConnectionGetParams{
		AccountID: account,
	})).Result
}

func main() {
	id, status, err := create("blog")
	must(0, err)

	found := map[string]any{
		"created":    status,
		"conflict":   conflict(),
		"got":        must(tunnels.Get(ctx, id, zero_trust.TunnelCloudflaredGetParams{AccountID: account})).Name,
		"listed":     listed(),
		"configured": configure(id).Version,
		"connectors": len(connectors()),
	}
	found["edited"] = must(tunnels.Edit(ctx, id, zero_trust.TunnelCloudflaredEditParams{
		AccountID: account,
		Name:      cloudflare.F("blog-eu"),
	})).Name
	found["configuration"] = must(tunnels.Configurations.Get(ctx, id, zero_trust.TunnelCloudflaredConfigurationGetParams{
		AccountID: account,
	})).Source
	token := must(tunnels.Token.Get(ctx, id, zero_trust.TunnelCloudflaredTokenGetParams{AccountID: account}))
	found["token"] = tunnelIn(*token) == id
	management := must(tunnels.Management.New(ctx, id, zero_trust.TunnelCloudflaredManagementNewParams{
		AccountID: account,
		Resources: cloudflare.F([]zero_trust.TunnelCloudflaredManagementNewParamsResource{
			zero_trust.TunnelCloudflaredManagementNewParamsResourceLogs,
		}),
	}))
	found["management"] = (*management)[:3]

	client := must(tunnels.Connectors.Get(ctx, running, connector, zero_trust.TunnelCloudflaredConnectorGetParams{
		AccountID: account,
	}))
	found["connections"] = len(client.Conns)
	found["dropped"] = must(tunnels.Connections.Delete(ctx, running, zero_trust.TunnelCloudflaredConnectionDeleteParams{
		AccountID: account,
		ClientID:  cloudflare.F(connector),
	}))
	left := []bool{}
	for _, other := range connectors() {
		left = append(left, other.ID == connector)
	}
	found["left"] = left
	found["deleted"] = !must(tunnels.Delete(ctx, id, zero_trust.TunnelCloudflaredDeleteParams{
		AccountID: account,
	})).DeletedAt.IsZero()

	must(0, json.NewEncoder(os.Stdout).Encode(found))
}
