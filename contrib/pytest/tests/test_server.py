"""How the plugin finds a server, starts one and stops it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from pytest_mockflared import Server

USES_A_WORLD = """
def test_world(mockflared):
    assert mockflared.list_requests() == []
    open("base-url", "a").write(mockflared.base_url + "\\n")
"""

# Nothing listens there: a port that needs privileges, and that no machine serves.
NOBODY = "http://127.0.0.1:1"


@pytest.fixture(autouse=True)
def no_server_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MOCKFLARED_URL", raising=False)


@pytest.fixture
def command(pytestconfig: pytest.Config) -> str:
    return str(pytestconfig.getini("mockflared_command"))


def urls_in(folder: Path) -> set[str]:
    return {line.split("/w/")[0] for line in (folder / "base-url").read_text().splitlines()}


def assert_stopped(url: str) -> None:
    with pytest.raises(URLError, match="refused"):
        urlopen(url)


def test_a_command_of_the_configuration_starts_a_server_that_stops_at_the_end(
    pytester: pytest.Pytester, command: str
) -> None:
    pytester.makeini(f"[pytest]\nmockflared_command = {command}")
    pytester.makepyfile(USES_A_WORLD)
    pytester.runpytest_subprocess("--strict-markers").assert_outcomes(passed=1)

    [url] = urls_in(pytester.path)
    assert_stopped(url)


def test_a_command_of_the_command_line_wins_against_that_of_the_configuration(
    pytester: pytest.Pytester, command: str
) -> None:
    pytester.makeini("[pytest]\nmockflared_command = no-such-program")
    pytester.makepyfile(USES_A_WORLD)

    pytester.runpytest_subprocess("--mockflared-command", command).assert_outcomes(passed=1)


def test_without_a_command_npx_runs_the_mockflared_of_the_project(
    pytester: pytest.Pytester, command: str
) -> None:
    script = f"#!/bin/sh\nexec {command}\n"
    package = pytester.mkdir("node_modules") / ".bin"
    package.mkdir()
    (package / "mockflared").write_text(script)
    (package / "mockflared").chmod(0o755)
    pytester.makepyfile(USES_A_WORLD)
    pytester.runpytest_subprocess().assert_outcomes(passed=1)

    [url] = urls_in(pytester.path)
    assert_stopped(url)


def test_a_url_of_the_environment_names_a_running_server(
    pytester: pytest.Pytester, mockflared_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOCKFLARED_URL", f"{mockflared_server.url}/client/v4")
    pytester.makepyfile(USES_A_WORLD)
    pytester.runpytest_subprocess("-o", "mockflared_command=no-such-program").assert_outcomes(passed=1)

    assert urls_in(pytester.path) == {mockflared_server.url}
    assert len(mockflared_server.control.call("GET", "/worlds")) == 1


def test_a_url_of_the_command_line_wins_against_that_of_the_environment(
    pytester: pytest.Pytester, mockflared_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOCKFLARED_URL", NOBODY)
    pytester.makepyfile(USES_A_WORLD)

    pytester.runpytest_subprocess("--mockflared-url", mockflared_server.url).assert_outcomes(passed=1)


def test_a_server_with_a_control_token_is_driven_with_the_token_of_the_environment(
    pytester: pytest.Pytester, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOCKFLARED_CONTROL_TOKEN", "of-this-server")
    pytester.makepyfile(USES_A_WORLD)

    pytester.runpytest_subprocess("--mockflared-command", command).assert_outcomes(passed=1)


@pytest.mark.parametrize("shared", [False, True], ids=["one server each", "one server for all"])
def test_workers_of_xdist_have_worlds_of_their_own(
    pytester: pytest.Pytester, mockflared_server: Server, command: str, shared: bool
) -> None:
    pytester.makepyfile(
        """
        import pytest

        @pytest.mark.parametrize("number", range(8))
        def test_world(mockflared, number):
            assert mockflared.get_state()["tunnels"] == []
            mockflared.put_state({"tunnels": [{"account_tag": mockflared.account_id, "name": "blog"}]})
            assert len(mockflared.get_state()["tunnels"]) == 1
            open("base-url", "a").write(mockflared.base_url + "\\n")
        """
    )
    where = ["--mockflared-url", mockflared_server.url] if shared else ["--mockflared-command", command]
    pytester.runpytest_subprocess("-n", "2", *where).assert_outcomes(passed=8)

    urls = urls_in(pytester.path)
    assert (urls == {mockflared_server.url}) == shared
    if not shared:
        assert len(urls) == 2
        for url in urls:
            assert_stopped(url)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--mockflared-url", NOBODY], f"no mockflared with a control plane answers at {NOBODY}: *refused*"),
        (["--mockflared-url", "nonsense"], "no mockflared with a control plane answers at nonsense: *"),
        (["--mockflared-command", "no-such-program"], "*cannot start a server: there is no program 'no-such-program'"),
        (["--mockflared-command", " "], "*cannot start a server: there is no program ' '"),
        (
            ["--mockflared-command", f"{sys.executable} -c 'print(\"why not\"); exit(3)'"],
            "*ended with code 3: why not",
        ),
    ],
)
def test_without_a_server_a_test_fails_with_the_reason_and_what_to_do(
    pytester: pytest.Pytester, arguments: list[str], complaint: str
) -> None:
    pytester.makepyfile(USES_A_WORLD)
    result = pytester.runpytest_subprocess(*arguments)

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([complaint])
    if "cannot start" in complaint:
        result.stdout.fnmatch_lines(["*MOCKFLARED_URL*"])


def test_a_test_that_uses_no_fixture_needs_no_server(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_nothing(): pass")

    pytester.runpytest_subprocess("--mockflared-url", NOBODY).assert_outcomes(passed=1)


def test_without_the_sdk_only_tests_that_use_it_fail(pytester: pytest.Pytester, mockflared_server: Server) -> None:
    pytester.makepyfile(cloudflare="raise ImportError")
    pytester.makepyfile(USES_A_WORLD + "def test_sdk(cloudflare_client): pass")
    result = pytester.runpytest_subprocess("--mockflared-url", mockflared_server.url)

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*pip install cloudflare*"])
