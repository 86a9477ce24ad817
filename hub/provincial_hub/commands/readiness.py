"""`ready`: asks a running node whether it can do its work, for health checks."""

from __future__ import annotations

import argparse

import httpx

from provincial_hub.commands.words import Words, say
from provincial_hub.errors import SetupError
from provincial_hub.settings import Settings

PATIENCE = 15.0
_ANY = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - where a node listens everywhere, it is asked here


def add(words: Words) -> None:
    """Give the parser this word."""
    asking = words("ready", _ready, "Ask the running node whether it is ready; exit status 1 where it is not.")
    asking.add_argument("--url", help="its address, where hub.toml names no port")


def _ready(settings: Settings, told: argparse.Namespace) -> int:
    url = told.url or _address(settings)
    try:
        answer = httpx.get(f"{url}/readyz", timeout=PATIENCE, trust_env=False)
        found = answer.json()
    except (httpx.HTTPError, ValueError) as error:
        say({"ready": False, "failing": [type(error).__name__]})
        return 1
    say(found)
    return 0 if answer.status_code == 200 else 1


def _address(settings: Settings) -> str:
    if settings.port == 0:
        raise SetupError("hub.toml names no port: --url http://127.0.0.1:PORT")
    return f"http://{_ANY.get(settings.host, settings.host)}:{settings.port}"
