"""An address to listen on, taken before anything else starts: what is wrong with it is a sentence."""

from __future__ import annotations

import errno
import socket

from provincial_hub.errors import SetupError


def bound(host: str, port: int, remedy: str) -> socket.socket:
    """A listening socket; raises `SetupError`, with `remedy` where another program has the port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        told = f"cannot listen on port {port} of {host}: {error.strerror}"
        if error.errno == errno.EADDRINUSE:
            told += f". Another program has this port: end that one, or {remedy}"
        raise SetupError(told) from error
