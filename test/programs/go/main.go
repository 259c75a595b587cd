// Publishes a hostname through a tunnel, moves it and takes it down, by the SDK for Go; prints what
// publishing.ts expects.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"os"

	"github.com/cloudflare/cloudflare-go/v7"
	"github.com/cloudflare/cloudflare-go/v7/dns"
	"github.com/cloudflare/cloudflare-go/v7/zero_trust"
	"github.com/cloudflare/cloudflare-go/v7/zones"
)

var (
	ctx     = context.Background()
	account = cloudflare.F(os.Getenv("CLOUDFLARE_ACCOUNT_ID"))
	client  = cloudflare.NewClient()
	tunnels = client.ZeroTrust.Tunnels.Cloudflared
	records = client.DNS.Records
)

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func publish(tunnel string) *zero_trust.TunnelCloudflaredConfigurationUpdateResponse {
	type config = zero_trust.TunnelCloudflaredConfigurationUpdateParamsConfig
	type rule = zero_trust.TunnelCloudflaredConfigurationUpdateParamsConfigIngress
	return must(tunnels.Configurations.Update(ctx, tunnel, zero_trust.TunnelCloudflaredConfigurationUpdateParams{
		AccountID: account,
		Config: cloudflare.F(config{Ingress: cloudflare.F([]rule{
			{Hostname: cloudflare.F("blog.example.com"), Service: cloudflare.F("http://localhost:8080")},
			{Service: cloudflare.F("http_status:404")},
		})}),
	}))
}

func conflict(zone string) int64 {
	_, err := records.New(ctx, dns.RecordNewParams{ZoneID: cloudflare.F(zone), Body: dns.ARecordParam{
		Type:    cloudflare.F(dns.ARecordTypeA),
		Name:    cloudflare.F("blog"),
		Content: cloudflare.F("203.0.113.1"),
		TTL:     cloudflare.F(dns.TTL1),
	}})
	var refusal *cloudflare.Error
	if errors.As(err, &refusal) {
		return refusal.Errors[0].Code
	}
	return 0
}

func names(params dns.RecordListParams) []string {
	found := []string{}
	pages := records.ListAutoPaging(ctx, params)
	for pages.Next() {
		found = append(found, pages.Current().Name)
	}
	must(0, pages.Err())
	return found
}

func main() {
	zone := must(client.Zones.List(ctx, zones.ZoneListParams{Name: cloudflare.F("example.com")})).Result[0]
	tunnel := must(tunnels.New(ctx, zero_trust.TunnelCloudflaredNewParams{
		AccountID: account,
		Name:      cloudflare.F("blog"),
		ConfigSrc: cloudflare.F(zero_trust.TunnelCloudflaredNewParamsConfigSrcCloudflare),
	}))
	configured := publish(tunnel.ID)

	id := cloudflare.F(zone.ID)
	proxied := func(name string) dns.CNAMERecordParam {
		return dns.CNAMERecordParam{
			Type:    cloudflare.F(dns.CNAMERecordTypeCNAME),
			Name:    cloudflare.F(name),
			Content: cloudflare.F(tunnel.ID + ".cfargotunnel.com"),
			Proxied: cloudflare.F(true),
			TTL:     cloudflare.F(dns.TTL1),
		}
	}
	created := must(records.New(ctx, dns.RecordNewParams{ZoneID: id, Body: proxied("blog")}))
	refused := conflict(zone.ID)
	comment := proxied("blog")
	comment.Comment = cloudflare.F("of the blog")
	edited := must(records.Edit(ctx, created.ID, dns.RecordEditParams{ZoneID: id, Body: comment}))
	updated := must(records.Update(ctx, created.ID, dns.RecordUpdateParams{ZoneID: id, Body: proxied("www")}))
	listed := names(dns.RecordListParams{ZoneID: id, Type: cloudflare.F(dns.RecordListParamsTypeCNAME)})
	deleted := must(records.Delete(ctx, created.ID, dns.RecordDeleteParams{ZoneID: id}))
	left := names(dns.RecordListParams{ZoneID: id})
	closed := must(tunnels.Delete(ctx, tunnel.ID, zero_trust.TunnelCloudflaredDeleteParams{AccountID: account}))

	must(0, json.NewEncoder(os.Stdout).Encode(map[string]any{
		"zone":       zone.Status,
		"configured": configured.Version,
		"created":    created.Name,
		"conflict":   refused,
		"edited":     edited.Comment,
		"updated":    updated.ID == created.ID,
		"listed":     listed,
		"deleted":    deleted.ID == created.ID,
		"left":       len(left),
		"closed":     !closed.DeletedAt.IsZero(),
	}))
}
