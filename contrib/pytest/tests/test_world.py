"""The fixtures on the real server, with Cloudflare's SDK."""

from __future__ import annotations

import os
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from cloudflare import APIConnectionError, BadRequestError, Cloudflare, ConflictError, RateLimitError

from pytest_mockflared import ControlError, Server, World

ACCOUNT = "699d98642c564d2e855e9661899b7252"


def create(client: Cloudflare, world: World, name: str) -> str:
    tunnel = client.zero_trust.tunnels.cloudflared.create(account_id=world.account_id, name=name)
    return str(tunnel.id)


def names(client: Cloudflare, world: World) -> list[str | None]:
    tunnels = client.zero_trust.tunnels.cloudflared.list(account_id=world.account_id)
    return [tunnel.name for tunnel in tunnels]


@pytest.mark.parametrize("attempt", ["first", "second"])
def test_each_test_has_a_world_of_its_own(cloudflare_client: Cloudflare, mockflared: World, attempt: str) -> None:
    create(cloudflare_client, mockflared, "blog")

    assert names(cloudflare_client, mockflared) == ["blog"]


def test_a_taken_name_is_refused_at_once_because_the_sdk_does_not_retry(
    cloudflare_client: Cloudflare, mockflared: World
) -> None:
    create(cloudflare_client, mockflared, "blog")
    with pytest.raises(ConflictError):
        create(cloudflare_client, mockflared, "blog")

    assert [entry["status"] for entry in mockflared.list_requests(method="POST")] == [200, 409]


def test_a_lost_connection_holds_the_delete_back_for_five_minutes(
    cloudflare_client: Cloudflare, mockflared: World
) -> None:
    cloudflared = cloudflare_client.zero_trust.tunnels.cloudflared
    tunnel_id = create(cloudflare_client, mockflared, "blog")
    connector = mockflared.connect_connector(tunnel_id, version="2026.8.2")
    lost = mockflared.disconnect_connector(tunnel_id, connector["id"], graceful=False)
    with pytest.raises(BadRequestError):
        cloudflared.delete(tunnel_id, account_id=ACCOUNT)
    moved = mockflared.advance(timedelta(minutes=5))

    assert (connector["tunnel_status"], lost["tunnel_status"]) == ("healthy", "down")
    assert "connection_expired" in [event["type"] for event in moved["happened"]]
    assert cloudflared.delete(tunnel_id, account_id=ACCOUNT).deleted_at is not None


def test_a_connector_that_comes_back_keeps_its_id(cloudflare_client: Cloudflare, mockflared: World) -> None:
    tunnel_id = create(cloudflare_client, mockflared, "blog")
    connector_id = mockflared.connect_connector(tunnel_id, connections=2)["id"]
    mockflared.disconnect_connector(tunnel_id, connector_id, connections=1)
    back = mockflared.reconnect_connector(tunnel_id, connector_id)

    assert [connector["id"] for connector in mockflared.list_connectors(tunnel_id)] == [connector_id]
    assert back["tunnel_status"] == "healthy"


@pytest.mark.parametrize("duration", [timedelta(seconds=90), "90s"])
def test_the_clock_advances_by_a_timedelta_or_a_text(mockflared: World, duration: timedelta | str) -> None:
    mockflared.freeze("2026-01-01T00:00:00Z")
    mockflared.advance(duration)

    assert mockflared.get_clock()["now"] == "2026-01-01T00:01:30.000000Z"


def test_the_clock_is_set_to_a_datetime_and_resumed(mockflared: World) -> None:
    frozen = mockflared.freeze()
    moved = mockflared.set_clock(datetime(2030, 1, 1, tzinfo=timezone.utc))
    resumed = mockflared.resume_clock()

    assert (frozen["frozen"], resumed["frozen"]) == (True, False)
    assert moved["now"] == "2030-01-01T00:00:00.000000Z"


def test_a_fault_acts_until_faults_are_cleared(cloudflare_client: Cloudflare, mockflared: World) -> None:
    mockflared.add_fault(preset="rate-limited")
    with pytest.raises(RateLimitError):
        names(cloudflare_client, mockflared)
    mockflared.clear_faults()
    mockflared.add_fault(method="POST", times=1, effect={"reset": "after"})
    with pytest.raises(APIConnectionError):
        create(cloudflare_client, mockflared, "blog")

    assert names(cloudflare_client, mockflared) == ["blog"]


def test_requests_are_listed_and_verified(cloudflare_client: Cloudflare, mockflared: World) -> None:
    create(cloudflare_client, mockflared, "blog")

    assert [entry["body"]["name"] for entry in mockflared.list_requests(method="POST", status=200)] == ["blog"]
    assert mockflared.verify_requests(method="POST", body={"name": "blog"})["passed"]
    assert not mockflared.verify_requests(method="POST", body={"name": "shop"})["passed"]
    assert "tunnel_created" in [event["type"] for event in mockflared.list_events()]


@pytest.mark.mockflared_seed({"tunnels": [{"account_tag": ACCOUNT, "name": "shop"}]})
def test_a_world_starts_from_the_state_of_the_marker_and_is_reset(
    cloudflare_client: Cloudflare, mockflared: World
) -> None:
    assert names(cloudflare_client, mockflared) == ["shop"]
    mockflared.reset("empty")
    assert names(cloudflare_client, mockflared) == []
    mockflared.put_state({"tunnels": [{"account_tag": ACCOUNT, "name": "blog"}]})
    assert [tunnel["name"] for tunnel in mockflared.get_state()["tunnels"]] == ["blog"]


def test_explain_names_no_tunnel_in_an_empty_world(mockflared: World) -> None:
    assert mockflared.explain("https://blog.example.com/")["tunnels"] == []


def test_the_environment_points_programs_at_the_world(mockflared: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in mockflared.env.items():
        monkeypatch.setenv(name, value)
    with Cloudflare() as client:
        create(client, mockflared, "blog")

    assert os.environ["CLOUDFLARE_ACCOUNT_ID"] == ACCOUNT
    assert len(mockflared.list_requests()) == 1


def test_a_refusal_of_the_control_plane_has_status_code_and_message(mockflared: World) -> None:
    with pytest.raises(ControlError, match="no-such-state") as refusal:
        mockflared.reset("no-such-state")

    assert (refusal.value.status, refusal.value.code) == (404, "not_found")


def test_an_answer_of_something_else_is_a_refusal_without_a_code(mockflared: World) -> None:
    with pytest.raises(ControlError, match="answered 404, and no control plane") as refusal:
        mockflared.control.at(mockflared.base_url).call("GET", "/nothing")

    assert refusal.value.code == "unknown"


def test_a_world_that_the_test_deleted_is_no_error(mockflared: World, mockflared_server: Server) -> None:
    mockflared.delete()

    assert mockflared.id not in [world["id"] for world in mockflared_server.control.call("GET", "/worlds")]


def test_the_readme_has_an_example_that_passes(pytester: pytest.Pytester, mockflared_server: Server) -> None:
    readme = (Path(__file__).parent.parent / "README.md").read_text()
    [example] = [block.split("```")[0] for block in readme.split("```python\n")[1:]]
    pytester.makepyfile(example)

    pytester.runpytest_subprocess("--mockflared-url", mockflared_server.url).assert_outcomes(passed=2)
