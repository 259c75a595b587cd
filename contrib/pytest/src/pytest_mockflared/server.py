"""Finds a running server, or starts one."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import tempfile
import time
from typing import IO, Any, Optional

from .control import Control, ControlError

READY = re.compile(r"^export CLOUDFLARE_BASE_URL=(\S+)/client/v4$", re.MULTILINE)
START_S = 60
STOP_S = 10


class ServerError(Exception):
    """Why there is no server."""


class Server:
    """A running server. Each test has a world of its own in it."""

    def __init__(self, url: str, process: Optional[subprocess.Popen[bytes]] = None) -> None:
        self.url = url
        self.control = Control(f"{url}/_mockflared", os.environ.get("MOCKFLARED_CONTROL_TOKEN") or None)
        self._process = process

    def stop(self) -> None:
        """Stops the server if this process started it."""
        if self._process is not None:
            _stop(self._process)


def running_server(url: str) -> Server:
    """The server at a URL. The base URL of a client works too."""
    server = Server(re.sub(r"/client/v4$", "", url.rstrip("/")))
    try:
        server.control.call("GET", "/")
    except (ControlError, OSError, ValueError) as error:
        raise ServerError(f"no mockflared with a control plane answers at {url}: {error}") from error
    return server


def start_server(command: str) -> Server:
    """Starts a server on a free port, and waits until it is ready."""
    if os.name != "posix":
        raise ServerError("mockflared: on this system, start a server and name its URL with MOCKFLARED_URL")
    words = shlex.split(command)
    program = shutil.which(words[0]) if words else None
    if program is None:
        raise ServerError(_hint(f"there is no program {(words or [command])[0]!r}"))

    # Files and no pipes: nobody has to read what the server prints.
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            [program, *words[1:]],
            env={**os.environ, "MOCKFLARED_PORT": "0", "MOCKFLARED_LOG": "off"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            # npx does not pass signals on, so the server and npx are stopped as one group.
            start_new_session=True,
        )
        try:
            return Server(_url_of(process, output, command), process)
        except BaseException:
            _stop(process)
            raise


def _url_of(process: subprocess.Popen[bytes], output: IO[Any], command: str) -> str:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        ended = process.poll() is not None
        text = os.pread(output.fileno(), 65_536, 0).decode(errors="replace")
        ready = READY.search(text)
        if ready:
            return ready[1]
        if ended:
            raise ServerError(_hint(f"{command!r} ended with code {process.returncode}: {text.strip()}"))
        time.sleep(0.02)
    raise ServerError(_hint(f"{command!r} was not ready after {START_S} s: {text.strip()}"))


def _hint(reason: str) -> str:
    return (
        f"mockflared: cannot start a server: {reason}\n"
        "Install it (npm install --save-dev mockflared), name a command with --mockflared-command or\n"
        "mockflared_command, or start a server and name its URL with --mockflared-url or MOCKFLARED_URL."
    )


def _stop(process: subprocess.Popen[bytes]) -> None:
    _signal(process, signal.SIGTERM)
    try:
        process.wait(STOP_S)
    except subprocess.TimeoutExpired:
        _signal(process, signal.SIGKILL)
        process.wait()


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    try:
        os.killpg(process.pid, number)
    except ProcessLookupError:
        pass
