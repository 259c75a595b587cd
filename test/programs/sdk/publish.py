"""Publishes a hostname through a tunnel, moves it and takes it down, by the SDK for Python; prints what publishing.ts expects."""

import json
import os

from cloudflare import BadRequestError, Cloudflare

client = Cloudflare()
account = {"account_id": os.environ["CLOUDFLARE_ACCOUNT_ID"]}
tunnels = client.zero_trust.tunnels.cloudflared
records = client.dns.records

(zone,) = client.zones.list(name="example.com")
tunnel = tunnels.create(name="blog", config_src="cloudflare", **account)
ingress = [{"hostname": "blog.example.com", "service": "http://localhost:8080"}, {"service": "http_status:404"}]
configured = tunnels.configurations.update(tunnel.id, config={"ingress": ingress}, **account)

proxied = {"zone_id": zone.id, "type": "CNAME", "content": f"{tunnel.id}.cfargotunnel.com", "proxied": True, "ttl": 1}
created = records.create(name="blog", **proxied)
try:
    records.create(zone_id=zone.id, type="A", name="blog", content="203.0.113.1", ttl=1)
    conflict = None
except BadRequestError as error:
    conflict = error.errors[0].code
edited = records.edit(created.id, name="blog", comment="of the blog", **proxied)
updated = records.update(created.id, name="www", **proxied)
listed = [record.name for record in records.list(zone_id=zone.id, type="CNAME")]
deleted = records.delete(created.id, zone_id=zone.id)
left = list(records.list(zone_id=zone.id))
closed = tunnels.delete(tunnel.id, **account)

print(
    json.dumps(
        {
            "zone": zone.status,
            "configured": configured.version,
            "created": created.name,
            "conflict": conflict,
            "edited": edited.comment,
            "updated": updated.id == created.id,
            "listed": listed,
            "deleted": deleted.id == created.id,
            "left": len(left),
            "closed": closed.deleted_at is not None,
        }
    )
)
