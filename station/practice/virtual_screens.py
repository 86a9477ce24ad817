"""Two displays where there is none: a private X server with the officer's and the citizen's monitor side by side."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from station.errors import DeviceError
from station.practice.ended_with_us import ended_with_us

OFFICER = (1366, 768)


@contextmanager
def virtual_screens(citizen: str) -> Iterator[None]:
    """Run the block with `DISPLAY` on two virtual monitors; `citizen` as `1024x600`. Raises `DeviceError`."""
    size = re.fullmatch(r"(\d{3,5})x(\d{3,5})", citizen)
    if not size:
        raise DeviceError("device.bad_screen_size", size=citizen)
    if not (shutil.which("Xvfb") and shutil.which("xrandr")):
        raise DeviceError("device.no_display")
    width, height = int(size[1]), int(size[2])
    told, tells = os.pipe()
    whole = f"{OFFICER[0] + width}x{max(OFFICER[1], height)}x24"
    server = subprocess.Popen(
        # -noreset: without it the monitors vanish when the first client leaves.
        [*ended_with_us(), "Xvfb", "-displayfd", str(tells), "-screen", "0", whole, "-noreset", "-nolisten", "tcp"],
        pass_fds=(tells,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(tells)
    before = {name: os.environ.get(name) for name in ("DISPLAY", "QT_QPA_PLATFORM")}
    try:
        with os.fdopen(told) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise DeviceError("device.no_display")
        os.environ.update(DISPLAY=f":{number}", QT_QPA_PLATFORM="xcb")
        _set_monitor("OFFICER", *OFFICER, left=0, output="screen")
        _set_monitor("CITIZEN", width, height, left=OFFICER[0], output="none")
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        server.terminate()
        server.wait()


def _set_monitor(name: str, width: int, height: int, *, left: int, output: str) -> None:
    """One monitor as RandR knows it, at 96 dots per inch."""
    millimetres = [round(pixels * 25.4 / 96) for pixels in (width, height)]
    place = f"{width}/{millimetres[0]}x{height}/{millimetres[1]}+{left}+0"
    subprocess.run(["xrandr", "--setmonitor", name, place, output], check=True, capture_output=True)
