"""A network namespace with one way out: a TUN device there, its peer here, and a `Link` between the two."""

from __future__ import annotations

import ctypes
import fcntl
import os
import struct
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import IPv4Address
from pathlib import Path

from tools.bad_link.link import Link, Terms

_TUNSETIFF, _TUN_WITHOUT_HEADER, _NEW_NETWORK = 0x400454CA, 0x0001 | 0x1000, 0x40000000
_MTU = "1400"


def can_be_made() -> bool:
    """Root, Linux's TUN device, iproute2, and a file system of which `/` is the root."""
    if os.geteuid() != 0 or not Path("/dev/net/tun").exists():
        return False
    name = f"probe{os.getpid()}"
    try:
        _ip("netns", "add", name)
    except (FileNotFoundError, subprocess.CalledProcessError):
        return False
    try:
        _ip("-n", name, "link", "set", "lo", "up")  # in a chroot, a namespace is made that nobody can enter
    except subprocess.CalledProcessError:
        return False
    else:
        return True
    finally:
        subprocess.run(["ip", "netns", "delete", name], capture_output=True, check=False)


@dataclass(frozen=True, slots=True)
class Behind:
    """`enter` are the words before a command that shall run behind the line; from there, we are found at `address`."""

    enter: tuple[str, ...]
    address: str
    link: Link


@contextmanager
def behind_a_bad_line(terms: Terms, seed: int = 1) -> Iterator[Behind]:
    """A place behind a line. Each process that calls this has names and addresses of its own."""
    name = f"line{os.getpid()}"
    network = int(IPv4Address("10.128.0.0")) + 4 * (os.getpid() % (1 << 14))
    far, near = IPv4Address(network + 1), IPv4Address(network + 2)
    _ip("netns", "add", name)
    try:
        there, here = _device_in(name, "line"), _device(name)
        try:
            _ip("-n", name, "link", "set", "lo", "up")
            _up(["-n", name], "line", f"{far}/30")
            _up([], name, f"{near}/30")
            link = Link(there, here, terms, seed)
            try:
                # `ip netns exec` would also copy every mount, and a disk that is taken off meanwhile would stay in use.
                yield Behind(("nsenter", f"--net=/var/run/netns/{name}"), str(near), link)
            finally:
                link.close()
        finally:
            os.close(there)
            os.close(here)
    finally:
        _ip("netns", "delete", name)


def _device(name: str) -> int:
    device = os.open("/dev/net/tun", os.O_RDWR)
    fcntl.ioctl(device, _TUNSETIFF, struct.pack("16sH22x", name.encode(), _TUN_WITHOUT_HEADER))
    return device


def _device_in(namespace: str, name: str) -> int:
    """A device belongs to the namespace of the thread that made it, wherever it is used."""
    made: list[int] = []

    def make() -> None:
        handle = os.open(f"/var/run/netns/{namespace}", os.O_RDONLY)
        try:
            if ctypes.CDLL(None, use_errno=True).setns(handle, _NEW_NETWORK) == 0:
                made.append(_device(name))
        finally:
            os.close(handle)

    thread = threading.Thread(target=make)
    thread.start()
    thread.join()
    if not made:
        raise OSError(f"no device in the namespace {namespace}")
    return made[0]


def _up(where: list[str], device: str, address: str) -> None:
    _ip(*where, "address", "add", address, "dev", device)
    _ip(*where, "link", "set", device, "mtu", _MTU, "up")


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)
