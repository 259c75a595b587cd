"""A world of its own for a test, and the control plane of it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any, Optional, Union
from uuid import uuid4

from .control import Control, ControlError

# The example account of Cloudflare's documentation. Any account exists, and any token is valid.
ACCOUNT_ID = "699d98642c564d2e855e9661899b7252"
TOKEN = "any-token"

Json = dict[str, Any]
Duration = Union[timedelta, str]


def create_world(server: Control, seed: Union[str, Json], name: str = "") -> World:
    """Creates a world that starts from "seed", "empty", a snapshot or a state."""
    # Named by the client, so that a load balancer can route this request too.
    world_id = f"{re.sub(r'[^A-Za-z0-9_-]', '-', name)[:48]}-{uuid4().hex[:12]}"
    source = seed if isinstance(seed, str) else "empty"
    created = server.call("PUT", f"/worlds/{world_id}", {"from": source, "if_exists": "reuse"})
    world = World(created["id"], created["base_url"], server.at(created["control_url"]))
    if not isinstance(seed, str):
        world.put_state(seed)
    return world


class World:
    """A world: its own tunnels, clock, faults and request log."""

    def __init__(self, world_id: str, base_url: str, control: Control) -> None:
        self.id = world_id
        #: What an SDK takes as its base URL.
        self.base_url = base_url
        self.account_id = ACCOUNT_ID
        self.token = TOKEN
        #: For operations of the control plane that have no method here.
        self.control = control

    @property
    def env(self) -> dict[str, str]:
        """The variables that point programs at this world."""
        variables = ("CLOUDFLARE_BASE_URL", "CLOUDFLARE_API_BASE_URL", "CLOUDFLARE_API_URL", "TUNNEL_API_URL")
        return {
            **{variable: self.base_url for variable in variables},
            "CLOUDFLARE_ACCOUNT_ID": self.account_id,
            "CLOUDFLARE_API_TOKEN": self.token,
        }

    def get_clock(self) -> Json:
        return self._object("GET", "/clock")

    def advance(self, duration: Duration) -> Json:
        """Advances the clock by a timedelta or a text such as "5m". `happened` is what fell due."""
        by = f"{duration // timedelta(milliseconds=1)}ms" if isinstance(duration, timedelta) else duration
        return self._object("POST", "/clock", {"advance": by})

    def freeze(self, at: Union[datetime, str, None] = None) -> Json:
        """Stops the clock: now, or at a time."""
        return self._object("POST", "/clock", {"freeze": True if at is None else _time(at)})

    def set_clock(self, at: Union[datetime, str]) -> Json:
        """Moves the clock to a time."""
        return self._object("POST", "/clock", {"set": _time(at)})

    def resume_clock(self) -> Json:
        return self._object("POST", "/clock", {"resume": True})

    def connect_connector(self, tunnel_id: str, *, account_id: Optional[str] = None, **options: Any) -> Json:
        """Connects a simulated cloudflared. Options: `id`, `version`, `connections`, `token`, …"""
        return self._object("POST", self._connectors(account_id, tunnel_id), options)

    def disconnect_connector(
        self,
        tunnel_id: str,
        connector_id: str,
        *,
        graceful: bool = True,
        connections: Optional[int] = None,
        account_id: Optional[str] = None,
    ) -> Json:
        """Stops a connector. Not graceful: its connections are lost, and pending reconnect."""
        body: Json = {"graceful": graceful}
        if connections is not None:
            body["connections"] = connections
        return self._object("POST", f"{self._connectors(account_id, tunnel_id)}/{connector_id}/disconnect", body)

    def reconnect_connector(self, tunnel_id: str, connector_id: str, *, account_id: Optional[str] = None) -> Json:
        """Brings a connector back under its own id."""
        return self._object("POST", f"{self._connectors(account_id, tunnel_id)}/{connector_id}/reconnect")

    def list_connectors(self, tunnel_id: str, *, account_id: Optional[str] = None) -> list[Json]:
        """Every connector that the tunnel ever had, with all its connections."""
        return self._list("GET", self._connectors(account_id, tunnel_id))

    def add_fault(self, **rule: Any) -> list[Json]:
        """Adds `preset="rate-limited"`, or a rule such as `times=1, effect={"reset": "after"}`."""
        return self._list("POST", "/faults", rule)

    def clear_faults(self) -> list[Json]:
        return self._list("DELETE", "/faults")

    def list_requests(self, **matching: Any) -> list[Json]:
        """The request log, the newest last; `operation=…`, `method=…`, `status=…` select."""
        return self._list("GET", "/requests", query=matching)

    def verify_requests(self, **expectation: Any) -> Json:
        """Whether a request was sent, and how often. `message` says what came nearest."""
        return self._object("POST", "/requests/verify", expectation)

    def list_events(self) -> list[Json]:
        return self._list("GET", "/events")

    def explain(self, url: str) -> Json:
        """Which tunnel, version and rule would serve a URL, and why."""
        return self._object("POST", "/explain", {"url": url})

    def get_state(self) -> Json:
        """The state of the world, in the format of seeds."""
        return self._object("GET", "/state")

    def put_state(self, state: Json) -> None:
        """Replaces the state of the world."""
        self.control.call("PUT", "/state", state)

    def reset(self, to: str = "seed") -> None:
        """Resets everything to "seed", "empty" or a snapshot."""
        self.control.call("POST", "/reset", {"to": to})

    def delete(self) -> None:
        """Deletes the world, unless the test did."""
        try:
            self.control.call("DELETE", f"/worlds/{self.id}")
        except ControlError as error:
            if error.code != "gone":
                raise

    def _connectors(self, account_id: Optional[str], tunnel_id: str) -> str:
        return f"/accounts/{account_id or self.account_id}/tunnels/{tunnel_id}/connectors"

    def _object(self, method: str, path: str, body: Optional[Json] = None) -> Json:
        answer: Json = self.control.call(method, path, body)
        return answer

    def _list(self, method: str, path: str, body: Optional[Json] = None, query: Optional[Json] = None) -> list[Json]:
        answer: list[Json] = self.control.call(method, path, body, query)
        return answer


def _time(at: Union[datetime, str]) -> str:
    return at if isinstance(at, str) else at.astimezone().isoformat()
