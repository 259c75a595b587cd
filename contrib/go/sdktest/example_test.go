package sdktest

import (
	"context"
	"testing"
	"time"

	"github.com/cloudflare/cloudflare-go/v7"
	"github.com/cloudflare/cloudflare-go/v7/option"
	"github.com/cloudflare/cloudflare-go/v7/zero_trust"
	mockflared "github.com/mockflared/mockflared/contrib/go"
)

func TestALostConnectionHoldsTheDeleteBack(t *testing.T) {
	ctx := context.Background()
	world := mockflared.NewWorld(t)
	account := cloudflare.F(world.AccountID)
	tunnels := cloudflare.NewClient(
		option.WithBaseURL(world.BaseURL),
		option.WithAPIToken(world.Token),
		option.WithMaxRetries(0),
	).ZeroTrust.Tunnels.Cloudflared

	tunnel, err := tunnels.New(ctx, zero_trust.TunnelCloudflaredNewParams{AccountID: account, Name: cloudflare.F("blog")})
	if err != nil {
		t.Fatal(err)
	}
	connector, err := world.Client.ConnectConnector(ctx, world.AccountID, tunnel.ID, mockflared.ConnectOptions{})
	if err != nil {
		t.Fatal(err)
	}
	abrupt := mockflared.DisconnectOptions{Abrupt: true}
	if _, err := world.Client.DisconnectConnector(ctx, world.AccountID, tunnel.ID, connector.ID, abrupt); err != nil {
		t.Fatal(err)
	}

	if _, err := tunnels.Delete(ctx, tunnel.ID, zero_trust.TunnelCloudflaredDeleteParams{AccountID: account}); err == nil {
		t.Error("the delete went through while a connection was pending")
	}
	if _, err := world.Client.Advance(ctx, 5*time.Minute); err != nil {
		t.Fatal(err)
	}
	if _, err := tunnels.Delete(ctx, tunnel.ID, zero_trust.TunnelCloudflaredDeleteParams{AccountID: account}); err != nil {
		t.Error(err)
	}
}
