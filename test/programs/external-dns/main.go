// Brings the zone to the endpoints on stdin, as external-dns does once a minute: its provider for
// Cloudflare, its registry of owners in TXT records and its plan. Prints the number of changes.
package main

import (
	"context"
	"encoding/json"
	"os"

	"sigs.k8s.io/external-dns/endpoint"
	"sigs.k8s.io/external-dns/pkg/apis/externaldns"
	"sigs.k8s.io/external-dns/plan"
	"sigs.k8s.io/external-dns/provider/cloudflare"
	"sigs.k8s.io/external-dns/registry/txt"
)

var ctx = context.Background()

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func main() {
	config := externaldns.NewConfig()
	must(0, config.ParseFlags([]string{
		"--source=fake",
		"--provider=cloudflare",
		"--domain-filter=example.com",
		"--txt-owner-id=blog",
		"--cloudflare-proxied",
	}))
	domains := endpoint.NewDomainFilter(config.DomainFilter)
	provider := must(cloudflare.New(ctx, config, domains))
	registry := must(txt.New(config, provider))

	var desired []*endpoint.Endpoint
	must(0, json.NewDecoder(os.Stdin).Decode(&desired))
	current := must(registry.Records(ctx))
	adjusted := must(registry.AdjustEndpoints(desired))
	changes := (&plan.Plan{
		Policies:       []plan.Policy{plan.Policies["sync"]},
		Current:        current,
		Desired:        adjusted,
		DomainFilter:   endpoint.MatchAllDomainFilters{domains, registry.GetDomainFilter()},
		ManagedRecords: config.ManagedDNSRecordTypes,
		OwnerID:        registry.OwnerID(),
	}).Calculate().Changes
	must(0, registry.ApplyChanges(ctx, changes))

	must(0, json.NewEncoder(os.Stdout).Encode(map[string]int{
		"created": len(changes.Create),
		"updated": len(changes.UpdateNew),
		"deleted": len(changes.Delete),
	}))
}
