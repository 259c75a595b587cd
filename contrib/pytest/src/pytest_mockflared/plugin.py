"""The fixtures. pytest loads this module by the entry point `pytest11`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Iterator

import pytest

from .server import Server, ServerError, running_server, start_server
from .world import World, create_world

if TYPE_CHECKING:
    from cloudflare import Cloudflare

# `--no`: never install a package of this name from a registry.
DEFAULT_COMMAND = "npx --no mockflared"


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("mockflared")
    group.addoption(
        "--mockflared-url",
        metavar="URL",
        help="a running mockflared, such as http://127.0.0.1:8844 (default: MOCKFLARED_URL)",
    )
    group.addoption(
        "--mockflared-command",
        metavar="COMMAND",
        help="what starts mockflared where no URL is given (default: mockflared_command)",
    )
    parser.addini("mockflared_command", "what starts mockflared where no URL is given", default=DEFAULT_COMMAND)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        'mockflared_seed(seed): what the world of a test starts from: "seed", "empty", a snapshot or a state',
    )


@pytest.fixture(scope="session")
def mockflared_server(pytestconfig: pytest.Config) -> Iterator[Server]:
    """The server: one that runs, or one that is started for this process and stopped at its end."""
    url = pytestconfig.getoption("--mockflared-url") or os.environ.get("MOCKFLARED_URL")
    command = pytestconfig.getoption("--mockflared-command") or pytestconfig.getini("mockflared_command")
    try:
        server = running_server(url) if url else start_server(command)
    except ServerError as error:
        raise pytest.fail.Exception(str(error), pytrace=False) from None
    yield server
    server.stop()


@pytest.fixture
def mockflared(request: pytest.FixtureRequest, mockflared_server: Server) -> Iterator[World]:
    """A world of this test: created before it and deleted after it."""
    marker = request.node.get_closest_marker("mockflared_seed")
    world = create_world(mockflared_server.control, marker.args[0] if marker else "seed", request.node.name)
    yield world
    world.delete()


@pytest.fixture
def cloudflare_client(mockflared: World) -> Iterator[Cloudflare]:
    """Cloudflare's SDK on the world of this test, without retries. Needs the package `cloudflare`."""
    try:
        from cloudflare import Cloudflare
    except ImportError:
        reason = "cloudflare_client needs Cloudflare's SDK: pip install cloudflare"
        raise pytest.fail.Exception(reason, pytrace=False) from None
    with Cloudflare(api_token=mockflared.token, base_url=mockflared.base_url, max_retries=0) as client:
        yield client
