"""`station devices`: the scanners and other sources of pages on this machine."""

from __future__ import annotations

import argparse
import sys

from station.commands.folder import folder
from station.errors import DeviceError
from station.language import Language
from station.settings import Settings


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Give the parser this word."""
    listing = commands.add_parser("devices", help="list the scanners and other sources of pages")
    listing.set_defaults(command=_devices)


def _devices(told: argparse.Namespace) -> int:
    from station.app import devices

    language = Language.load()
    found = devices(Settings.load(folder(told).settings), language)
    if not found:
        raise DeviceError("device.none")
    for device in found:
        state = "" if device.remedy is None else language(f"error.{device.remedy}.say")
        sys.stdout.write(f"{device.id}\t{device.name}\t{', '.join(device.sources)}\t{state}\n")
    return 0
