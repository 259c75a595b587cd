package mockflared_test

import (
	"context"
	"fmt"
	"testing"

	mockflared "github.com/mockflared/mockflared/contrib/go"
)

func ExampleNewWorld() {
	_ = func(t *testing.T) {
		world := mockflared.NewWorld(t)
		t.Setenv("CLOUDFLARE_BASE_URL", world.BaseURL)
		t.Setenv("CLOUDFLARE_API_TOKEN", world.Token)
		// The code under test now calls this world.
	}
}

func ExampleClient_ConnectConnector() {
	_ = func(t *testing.T, tunnelID string) {
		world := mockflared.NewWorld(t)
		connector, err := world.Client.ConnectConnector(context.Background(), world.AccountID, tunnelID, mockflared.ConnectOptions{})
		if err != nil {
			t.Fatal(err)
		}
		t.Log(connector.TunnelStatus)
	}
}

func ExampleServer() {
	server, err := mockflared.Server()
	if err != nil {
		fmt.Println(err)
		return
	}
	var info struct{ World string }
	err = server.Call(context.Background(), "GET", "/", nil, &info)
	fmt.Println(info.World, err)
	// Output: main <nil>
}
