"""What runs inside the process that turns page images into pixels for the screens, and into previews for the hub."""

from __future__ import annotations

import os
import signal
import threading
from multiprocessing.connection import Connection

from station.dossier.outline import outline_from_json
from station.dossier.picture import Picture
from station.errors import StationError
from station.scan.confinement import GIB, Confinement, confine
from station.scan.image.preview import preview
from station.scan.image.showing import showing
from station.scan.worker_process import Message, leave_with_parent, receive, send, step_back

MEMORY = 2 * GIB
NICENESS = 1
"""Before every other worker: somebody looks at an empty frame meanwhile."""


def main(pipe: Connection) -> None:
    """One picture after another until the pipe closes: `{"side": …, "rotation": …, "outline": …}` and the image.

    `{"do": "preview"}` asks for the page in a few kilobytes instead.
    """
    held = confine(Confinement(memory=MEMORY))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    step_back(NICENESS)
    threading.Thread(target=leave_with_parent, name="parent-watch", daemon=True).start()
    send(pipe, {"ready": True, "held": sorted(held)})
    while True:
        try:
            order, content = receive(pipe)
            send(pipe, *answer_to(order, content))
        except (EOFError, OSError):
            return


def answer_to(order: Message, content: bytes) -> tuple[Message, bytes | None]:
    """The size and the pixels, or the preview, or the code of what is wrong with the image."""
    try:
        if order.get("do") == "preview":
            coded = preview(content)
            return {"preview": coded.media_type}, coded.content
        picture: Picture = showing(content, order["side"], order["rotation"], outline_from_json(order["outline"]))
    except StationError as error:
        return {"code": error.code, "parameters": error.parameters}, None
    except MemoryError:
        os._exit(1)  # what is left of this process cannot be trusted; the pool starts another
    except Exception as error:  # a decoder's own: one picture, and its message could hold what stood in the file
        return {"code": "reading.failed", "parameters": {"bug": type(error).__name__}}, None
    return {"picture": [picture.width, picture.height]}, picture.pixels
