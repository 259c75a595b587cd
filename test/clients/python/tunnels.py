"""The twelve operations by the SDK for Python; prints what programs.ts expects."""

import base64
import json
import os

from cloudflare import Cloudflare, ConflictError

ACCOUNT = os.environ["CLOUDFLARE_ACCOUNT_ID"]
RUNNING = os.environ["RUNNING_TUNNEL"]
CONNECTOR = os.environ["CONNECTOR"]

tunnels = Cloudflare().zero_trust.tunnels.cloudflared
account = {"account_id": ACCOUNT}

created = tunnels.create(name="blog", config_src="cloudflare", **account)
try:
    tunnels.create(name="blog", **account)
    conflict = None
except ConflictError as error:
    conflict = error.status_code

ingress = [{"hostname": "blog.example.com", "service": "http://localhost:8080"}, {"service": "http_status:404"}]
configured = tunnels.configurations.update(created.id, config={"ingress": ingress}, **account)
token = json.loads(base64.b64decode(tunnels.token.get(created.id, **account)))

print(
    json.dumps(
        {
            "created": created.status,
            "conflict": conflict,
            "got": tunnels.get(created.id, **account).name,
            "listed": [tunnel.name for tunnel in tunnels.list(per_page=1, **account)],
            "edited": tunnels.edit(created.id, name="blog-eu", **account).name,
            "configured": configured.version,
            "configuration": tunnels.configurations.get(created.id, **account).source,
            "token": token["t"] == created.id,
            "management": tunnels.management.create(created.id, resources=["logs"], **account)[:3],
            "connectors": len(list(tunnels.connections.get(RUNNING, **account))),
            "connections": len(tunnels.connectors.get(CONNECTOR, tunnel_id=RUNNING, **account).conns),
            "dropped": tunnels.connections.delete(RUNNING, client_id=CONNECTOR, **account),
            "left": [client.id == CONNECTOR for client in tunnels.connections.get(RUNNING, **account)],
            "deleted": tunnels.delete(created.id, **account).deleted_at is not None,
        }
    )
)
