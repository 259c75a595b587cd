"""pytest fixtures for mockflared, the local emulator of Cloudflare's Tunnel API."""

from .control import ControlError
from .server import Server, ServerError
from .world import World

__all__ = ["ControlError", "Server", "ServerError", "World"]
