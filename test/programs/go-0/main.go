// Publishes a hostname through a tunnel, moves it and takes it down, by the SDK for Go of before
// 2024; prints what publishing.ts expects.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"os"

	"github.com/cloudflare/cloudflare-go"
)

var ctx = context.Background()

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func names(records []cloudflare.DNSRecord, _ *cloudflare.ResultInfo, err error) []string {
	found := []string{}
	for _, record := range must(records, err) {
		found = append(found, record.Name)
	}
	return found
}

func main() {
	url := cloudflare.BaseURL(os.Getenv("CLOUDFLARE_BASE_URL"))
	api := must(cloudflare.NewWithAPIToken(os.Getenv("CLOUDFLARE_API_TOKEN"), url))
	account := cloudflare.AccountIdentifier(os.Getenv("CLOUDFLARE_ACCOUNT_ID"))

	zone := must(api.ListZones(ctx, "example.com"))[0]
	records := cloudflare.ZoneIdentifier(zone.ID)
	tunnel := must(api.CreateTunnel(ctx, account, cloudflare.TunnelCreateParams{
		Name:      "blog",
		Secret:    "AQIDBAUGBwgBAgMEBQYHCAECAwQFBgcIAQIDBAUGBwg=",
		ConfigSrc: "cloudflare",
	}))
	configured := must(api.UpdateTunnelConfiguration(ctx, account, cloudflare.TunnelConfigurationParams{
		TunnelID: tunnel.ID,
		Config: cloudflare.TunnelConfiguration{Ingress: []cloudflare.UnvalidatedIngressRule{
			{Hostname: "blog.example.com", Service: "http://localhost:8080"},
			{Service: "http_status:404"},
		}},
	}))

	content := tunnel.ID + ".cfargotunnel.com"
	created := must(api.CreateDNSRecord(ctx, records, cloudflare.CreateDNSRecordParams{
		Type:    "CNAME",
		Name:    "blog",
		Content: content,
		Proxied: cloudflare.BoolPtr(true),
		TTL:     1,
	}))
	_, err := api.CreateDNSRecord(ctx, records, cloudflare.CreateDNSRecordParams{
		Type: "A", Name: "blog", Content: "203.0.113.1", TTL: 1,
	})
	var refusal *cloudflare.RequestError
	conflict := 0
	if errors.As(err, &refusal) {
		conflict = refusal.ErrorCodes()[0]
	}
	edited := must(api.UpdateDNSRecord(ctx, records, cloudflare.UpdateDNSRecordParams{
		ID: created.ID, Comment: cloudflare.StringPtr("of the blog"),
	}))
	updated := must(api.UpdateDNSRecord(ctx, records, cloudflare.UpdateDNSRecordParams{
		ID: created.ID, Type: "CNAME", Name: "www", Content: content,
	}))
	listed := names(api.ListDNSRecords(ctx, records, cloudflare.ListDNSRecordsParams{Type: "CNAME"}))
	deleted := api.DeleteDNSRecord(ctx, records, created.ID)
	left := names(api.ListDNSRecords(ctx, records, cloudflare.ListDNSRecordsParams{}))
	must(0, api.CleanupTunnelConnections(ctx, account, tunnel.ID))
	must(0, api.DeleteTunnel(ctx, account, tunnel.ID))
	closed := must(api.GetTunnel(ctx, account, tunnel.ID))

	must(0, json.NewEncoder(os.Stdout).Encode(map[string]any{
		"zone":       zone.Status,
		"configured": configured.Version,
		"created":    created.Name,
		"conflict":   conflict,
		"edited":     edited.Comment,
		"updated":    updated.ID == created.ID,
		"listed":     listed,
		"deleted":    deleted == nil,
		"left":       len(left),
		"closed":     closed.DeletedAt != nil,
	}))
}
