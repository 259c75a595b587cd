"""Publishes a hostname through a tunnel, moves it and takes it down, by version 2 of the SDK for Python; prints what publishing.ts expects."""

import json
import os

import CloudFlare

client = CloudFlare.CloudFlare()
account = os.environ["CLOUDFLARE_ACCOUNT_ID"]
tunnels = client.accounts.cfd_tunnel
records = client.zones.dns_records

(zone,) = client.zones.get(params={"name": "example.com"})
tunnel = tunnels.post(account, data={"name": "blog", "config_src": "cloudflare"})
ingress = [{"hostname": "blog.example.com", "service": "http://localhost:8080"}, {"service": "http_status:404"}]
configured = tunnels.configurations.put(account, tunnel["id"], data={"config": {"ingress": ingress}})

proxied = {"type": "CNAME", "content": f"{tunnel['id']}.cfargotunnel.com", "proxied": True, "ttl": 1}
created = records.post(zone["id"], data={"name": "blog", **proxied})
try:
    records.post(zone["id"], data={"type": "A", "name": "blog", "content": "203.0.113.1"})
    conflict = None
except CloudFlare.exceptions.CloudFlareAPIError as error:
    conflict = int(error)
edited = records.patch(zone["id"], created["id"], data={"comment": "of the blog"})
updated = records.put(zone["id"], created["id"], data={"name": "www", **proxied})
listed = [record["name"] for record in records.get(zone["id"], params={"type": "CNAME"})]
deleted = records.delete(zone["id"], created["id"])
left = records.get(zone["id"])
closed = tunnels.delete(account, tunnel["id"])

print(
    json.dumps(
        {
            "zone": zone["status"],
            "configured": configured["version"],
            "created": created["name"],
            "conflict": conflict,
            "edited": edited["comment"],
            "updated": updated["id"] == created["id"],
            "listed": listed,
            "deleted": deleted["id"] == created["id"],
            "left": len(left),
            "closed": closed["deleted_at"] is not None,
        }
    )
)
