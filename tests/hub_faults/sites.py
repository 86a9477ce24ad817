"""The two shapes of a hub: one program with its folder, and two nodes on one PostgreSQL and one object store."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.faults.disks import PowerDisk, SmallDisk, power_disk, small_disk
from tools.servers.postgres import Postgres
from tools.servers.seaweed import SeaweedFS

from .node import NO_QUOTAS, Node
from .stations import Stations

_LEFT = 40_000
"""Bytes that a full disk still has: some pages go in, others do not."""


@dataclass(frozen=True)
class Strike:
    """`fall` happens to these nodes, and leaves everything running again."""

    nodes: tuple[Node, ...]
    fall: Callable[[Stations], None]


@dataclass
class Site:
    """Its nodes run."""

    name: str
    nodes: list[Node]
    strikes: dict[str, Strike]


@contextmanager
def embedded(folder: Path) -> Iterator[Site]:
    """Everything in one folder, on a disk whose power can be cut; without root on an ordinary one."""
    with power_disk(folder) as disk:
        root = (disk.place if disk else folder) / "hub"
        node = Node(root, folder / "hub.log")
        root.mkdir()
        (root / "hub.toml").write_text(NO_QUOTAS)
        os.sync()  # an administrator's file from long ago; what the hub writes it must flush itself
        strikes: dict[str, Strike] = {"killed": _killed(node)}
        if disk is not None:
            strikes["power cut"] = _power_cut(disk, node)
            strikes["disk full"] = _full(SmallDisk(disk.place), node)
        node.start()
        try:
            yield Site("one program", [node], strikes)
        finally:
            node.kill()


@contextmanager
def province(folder: Path) -> Iterator[Site]:
    """The first node's spool lies on a disk whose power can be cut, the second one's on one that can be filled."""
    postgres = Postgres()
    try:
        store = SeaweedFS()
        try:
            with power_disk(folder) as power, small_disk(folder) as small:
                spools = [
                    (disk.place if disk else folder / f"{n}") / "spool" for n, disk in enumerate((power, small), 1)
                ]
                nodes = _nodes(folder, postgres, store, spools)
                first, second = nodes
                strikes: dict[str, Strike] = {
                    "first node killed": _killed(first),
                    "second node killed": _killed(second),
                    "both nodes killed": _killed(first, second),
                    "PostgreSQL cut off": _cut_off(postgres, first, second),
                    "object store down": _without_store(store, first, second),
                }
                if power is not None:
                    strikes["power cut of a spool"] = _power_cut(power, first)
                if small is not None:
                    strikes["spool full"] = _full(small, second)
                for node in nodes:
                    node.start()
                try:
                    yield Site("two nodes", nodes, strikes)
                finally:
                    for node in nodes:
                        node.kill()
        finally:
            store.close()
    finally:
        postgres.close()


def _nodes(folder: Path, postgres: Postgres, store: SeaweedFS, spools: list[Path]) -> list[Node]:
    user, _, rest = postgres.new_database().partition("@")
    address, _, password = user.rpartition(":")
    secrets = {"password": password, "access": store.access_key, "secret": store.secret_key}
    for name, secret in secrets.items():
        (folder / name).write_text(secret)
    nodes = []
    for number, spool in enumerate(spools, 1):
        own = folder / f"node-{number}"
        own.mkdir()
        (own / "hub.toml").write_text(
            f"""
            node = "node-{number}"
            key = "{folder}/hub.key"
            [database]
            url = "{address}@{rest}"
            password_file = "{folder}/password"
            connections = 6
            [pages]
            store = "s3"
            bucket = "{store.bucket}"
            endpoint = "{store.endpoint}"
            access_key_file = "{folder}/access"
            secret_key_file = "{folder}/secret"
            [spool]
            folder = "{spool}"
            grace_hours = 0
            {NO_QUOTAS}
            """
        )
        nodes.append(Node(own, folder / f"{own.name}.log"))
    return nodes


def _killed(*nodes: Node) -> Strike:
    def fall(_: Stations) -> None:
        for node in nodes:
            node.kill()
        for node in nodes:
            node.start()

    return Strike(nodes, fall)


def _power_cut(disk: PowerDisk, node: Node) -> Strike:
    def fall(_: Stations) -> None:
        node.freeze()  # its answers about a dead disk are none that anybody would get
        disk.cut()
        node.kill()
        disk.power_off()
        disk.power_on()
        node.start()

    return Strike((node,), fall)


def _full(disk: SmallDisk, node: Node) -> Strike:
    def fall(stations: Stations) -> None:
        disk.fill(but=_LEFT)
        try:
            stations.wait_for_refusals(3, seconds=3)
        finally:
            disk.clear()

    return Strike((node,), fall)


def _cut_off(postgres: Postgres, *nodes: Node) -> Strike:
    def fall(stations: Stations) -> None:
        postgres.stop()
        stations.wait_for_refusals(3, seconds=3)
        postgres.start()

    return Strike(nodes, fall)


def _without_store(store: SeaweedFS, *nodes: Node) -> Strike:
    def fall(stations: Stations) -> None:
        store.stop()
        stations.wait_for(20, seconds=10)
        store.start()

    return Strike(nodes, fall)
