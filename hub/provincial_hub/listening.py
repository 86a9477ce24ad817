"""An address to listen on, taken before anything else starts: what is wrong with it is a sentence."""

from __future__ import annotations

import errno
import os
import socket

from provincial_hub.errors import SetupError


def bound(host: str, port: int, remedy: str) -> socket.socket:
    """A listening socket; raises `SetupError`, with `remedy` where another program has the port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        # Beside the engine's words `strerror` has the call that failed, but for a name that nobody knows.
        why = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror
        told = f"cannot listen on port {port} of {host}: {why}"
        if error.errno == errno.EADDRINUSE:
            told += f". Another program has this port: end that one, or {remedy}"
        raise SetupError(told) from error
