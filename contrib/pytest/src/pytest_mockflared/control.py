"""The control plane of a server, over HTTP."""

from __future__ import annotations

import json
from typing import Any, Mapping, Optional
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import ProxyHandler, Request, build_opener

TIMEOUT_S = 30

# A proxy of the environment is for the internet, not for a server of the tests.
_opener = build_opener(ProxyHandler({}))


class ControlError(Exception):
    """What the control plane refused."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


class Control:
    """Calls the operations of a control plane by method and path."""

    def __init__(self, url: str, token: Optional[str] = None) -> None:
        self.url = url
        self._token = token

    def at(self, url: str) -> Control:
        """The control plane at another URL, with the same token."""
        return Control(url, self._token)

    def call(
        self, method: str, path: str, body: Any = None, query: Optional[Mapping[str, Any]] = None
    ) -> Any:
        """Returns the JSON of the answer.

        Raises a ControlError if the operation is refused, an OSError if no server answers.
        """
        headers = {"content-type": "application/json"}
        if self._token is not None:
            headers["authorization"] = f"Bearer {self._token}"
        target = f"{self.url}{path}{'?' + urlencode(query) if query else ''}"
        data = None if body is None else json.dumps(body).encode()
        try:
            with _opener.open(Request(target, data, headers, method=method), timeout=TIMEOUT_S) as answer:
                return json.load(answer)
        except HTTPError as error:
            with error:
                raise _error_in(error.read(), error.code, target) from None


def _error_in(body: bytes, status: int, target: str) -> ControlError:
    try:
        error = json.loads(body)["error"]
        return ControlError(status, error["code"], error["message"])
    except (ValueError, LookupError, TypeError):
        return ControlError(status, "unknown", f"{target} answered {status}, and no control plane")
