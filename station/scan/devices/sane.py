"""Scanners on Linux and macOS through SANE: `scanimage` in a child process, one run a batch.

A new `scanimage` a page would be a new job at a network scanner, and an ADF would throw its stack out.
"""

from __future__ import annotations

import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from station.dossier.capture import CapturedImage, Device, ScanJob
from station.errors import DeviceError
from station.scan.devices import child, status
from station.scan.devices.private_folder import private_folder
from station.scan.devices.sane_options import SaneOptions
from station.scan.devices.scan_batch import ScanBatch
from station.scan.devices.status import Status

KIND = "sane"
_POLL = 0.1
MOST_PAGES = 500
"""A feeder that never says it is empty is stopped here."""


class Sane:
    """`page_deadline` allows for an old lamp that warms up; `environment` is added to the child's."""

    kind = KIND

    def __init__(
        self,
        name: str = "SANE",
        page_deadline: float = 90.0,
        answer_deadline: float = 20.0,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._name = name
        self._page_deadline = page_deadline
        self._answer_deadline = answer_deadline
        self._environment = dict(environment or {})
        self._known: dict[tuple[str, str], SaneOptions] = {}

    def is_installed(self) -> bool:
        """Whether this machine can drive scanners at all."""
        return shutil.which("scanimage") is not None

    def devices(self) -> Sequence[Device]:
        """Every scanner that SANE lists, each asked what it can do. Takes seconds: not for the screen's thread."""
        if not self.is_installed():
            return [self._not_ready(Status.DRIVER_MISSING)]
        try:
            listed = self._ask("-f", "%d\t%v\t%m%n")
        except DeviceError as error:
            return [self._not_ready(Status(error.code))]
        rows = [line.split("\t") for line in listed.splitlines() if line.count("\t") == 2]
        if not rows:
            return []
        with ThreadPoolExecutor(max_workers=4) as probes:
            return list(probes.map(lambda row: self._probe(row[0], f"{row[1]} {row[2]}"), rows))

    def scan(self, job: ScanJob, deliver: Callable[[CapturedImage], None], cancel: threading.Event) -> None:
        """One page from the flatbed, or a batch from a feeder; see `PageSources.scan`."""
        if not self.is_installed():
            raise Status.DRIVER_MISSING.error()
        name = job.device_id.removeprefix(f"{KIND}:")
        arguments, resolution = self._options(name, job.source, cancel).arguments(job)
        with private_folder() as folder:
            command = ["scanimage", "-d", name, *arguments, "--format=pnm", "--batch-print", "--batch-prompt"]
            command += [f"--batch={folder}/%d.pnm", f"--batch-count={1 if job.source == 'flatbed' else MOST_PAGES}"]
            ScanBatch(command, folder, resolution, self._page_deadline, self._environment).run(deliver, cancel)

    def _probe(self, name: str, title: str) -> Device:
        try:
            options = self._options(name)
        except DeviceError as error:
            return Device(f"{KIND}:{name}", title, KIND, ready=False, remedy=error.code)
        return Device(f"{KIND}:{name}", title, KIND, options.kinds())

    def _options(self, name: str, source: str = "", cancel: threading.Event | None = None) -> SaneOptions:
        """What the scanner offers, with `source` chosen: a feeder has other sizes and resolutions than a flatbed."""
        known = self._known.get((name, source))
        if known is None:
            known = SaneOptions.parse(self._ask("-d", name, "--all-options", cancel=cancel))
            if source and (chosen := known.source_arguments(source)) and known.source not in chosen:
                known = SaneOptions.parse(self._ask("-d", name, *chosen, "--all-options", cancel=cancel))
            self._known[name, source] = known
        return known

    def _ask(self, *arguments: str, cancel: threading.Event | None = None) -> str:
        """What `scanimage` answers within the deadline; raises `DeviceError`."""
        deadline = time.monotonic() + self._answer_deadline
        process = child.start(["scanimage", *arguments], self._environment)
        try:
            while process.returncode is None:
                try:
                    told, complaints = process.communicate(timeout=_POLL)
                except subprocess.TimeoutExpired:
                    if cancel and cancel.is_set():
                        raise Status.CANCELLED.error() from None
                    if time.monotonic() > deadline:
                        raise Status.TOO_SLOW.error(seconds=round(self._answer_deadline)) from None
        finally:
            child.kill(process)
            for pipe in (process.stdin, process.stdout, process.stderr):
                if pipe:
                    pipe.close()
        if process.returncode:
            raise status.of_scanimage(process.returncode, complaints).error()
        return told

    def _not_ready(self, why: Status) -> Device:
        return Device(KIND, self._name, KIND, ready=False, remedy=why.value)
