"""What one SANE scanner offers, read from `scanimage --all-options`, and the options that a scan job asks of it.

Every SANE driver names its sources and modes in its own words, so they are chosen by what the words contain.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from station.dossier.capture import ScanJob
from station.scan.devices.status import Status

A4 = (210.0, 297.0)
_OPTION = re.compile(r"^ {4}--?(?P<name>[A-Za-z][\w-]*) (?P<range>.+?) \[(?P<now>[^\]]*)\](?: \[[^\]]*\])*$")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class SaneOptions:
    """The active options that matter here; a missing one is empty. Lengths in millimetres."""

    sources: tuple[str, ...] = ()
    source: str = ""
    modes: tuple[str, ...] = ()
    resolutions: tuple[int, ...] = ()
    resolution_range: tuple[int, int] | None = None
    depths: tuple[str, ...] = ()
    extent: tuple[float, float] | None = None

    @classmethod
    def parse(cls, told: str) -> SaneOptions:
        """Read the output of `scanimage --all-options`; options that we do not know are passed over."""
        found = {match["name"]: match for line in told.splitlines() if (match := _OPTION.match(line))}
        active = {name: match["range"] for name, match in found.items() if match["now"] != "inactive"}
        resolution = active.get("resolution", "")
        numbers = [round(float(number)) for number in _NUMBER.findall(resolution.partition(" (")[0].replace("..", " "))]
        spans = ".." in resolution
        return cls(
            sources=_choices(active.get("source", "")),
            source=found["source"]["now"] if "source" in active else "",
            modes=_choices(active.get("mode", "")),
            resolutions=() if spans else tuple(sorted(numbers)),
            resolution_range=(numbers[0], numbers[1]) if spans and len(numbers) > 1 else None,
            depths=tuple(_NUMBER.findall(active.get("depth", ""))),
            extent=_extent(active.get("x", ""), active.get("y", "")),
        )

    def kinds(self) -> tuple[str, ...]:
        """Which of `flatbed`, `adf` and `duplex` this scanner has; one that names no source has a flatbed."""
        if not self.sources:
            return ("flatbed",)
        return tuple(kind for kind in ("flatbed", "adf", "duplex") if self.source_named(kind))

    def source_named(self, kind: str) -> str | None:
        """This driver's word for `flatbed`, `adf` or `duplex`."""
        feeders = [source for source in self.sources if re.search(r"adf|feeder", source, re.IGNORECASE)]
        two_sided = [source for source in self.sources if re.search(r"duplex", source, re.IGNORECASE)]
        if kind == "adf":
            fitting = [source for source in feeders if source not in two_sided and "back" not in source.lower()]
        elif kind == "duplex":
            fitting = two_sided
        else:
            fitting = [source for source in self.sources if re.search(r"flat ?bed|table|platen", source, re.IGNORECASE)]
            fitting = fitting or [source for source in self.sources if source not in {*feeders, *two_sided}]
        return fitting[0] if fitting else None

    def arguments(self, job: ScanJob) -> tuple[list[str], int]:
        """The arguments for `scanimage` and the resolution that the pages will have.

        Raises `DeviceError("device.unsupported")` where there is no such source.
        """
        arguments = self.source_arguments(job.source)
        if mode := self._mode(colour=job.colour):
            arguments += ["--mode", mode]
        if "8" in self.depths:
            arguments += ["--depth", "8"]
        resolution = self._resolution(job.resolution)
        if self.resolutions or self.resolution_range:
            arguments += ["--resolution", str(resolution)]
        if self.extent:
            width, height = (min(offered, paper) for offered, paper in zip(self.extent, A4, strict=True))
            arguments += ["-l", "0", "-t", "0", "-x", f"{width:g}", "-y", f"{height:g}"]
        return arguments, resolution

    def source_arguments(self, kind: str) -> list[str]:
        """The arguments that choose the source; raises `DeviceError("device.unsupported")`."""
        if not self.sources and kind == "flatbed":
            return []
        source = self.source_named(kind)
        if source is None:
            raise Status.UNSUPPORTED.error()
        return ["--source", source]

    def _mode(self, *, colour: bool) -> str | None:
        wanted = r"colou?r" if colour else r"gr[ae]y"
        fitting = [mode for mode in self.modes if re.search(wanted, mode, re.IGNORECASE)]
        return min(fitting, key=len) if fitting else None

    def _resolution(self, wanted: int) -> int:
        """The lowest offered that is at least `wanted`; else the highest offered."""
        if self.resolution_range:
            least, most = self.resolution_range
            return max(least, min(most, wanted))
        enough = [offered for offered in self.resolutions if offered >= wanted]
        return enough[0] if enough else max(self.resolutions, default=wanted)


def _choices(words: str) -> tuple[str, ...]:
    return tuple(word for word in words.split("|") if word and word != "auto")


def _extent(across: str, down: str) -> tuple[float, float] | None:
    width, height = (re.match(r"-?[\d.]+?\.\.(\d+(?:\.\d+)?)mm", span) for span in (across, down))
    return (float(width[1]), float(height[1])) if width and height else None
