"""A network scanner (eSCL, Mopria / AirScan) on a port of its own, with the papers and the faults a test puts in.

It speaks the protocol to the real sane-airscan driver; papers are cut and scaled to the region that is asked for.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType

import cv2
import numpy as np

Picture = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]

_NAMES = 'xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03" xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm"'
_PROFILE = """<scan:SettingProfiles><scan:SettingProfile>
<scan:ColorModes><scan:ColorMode>Grayscale8</scan:ColorMode><scan:ColorMode>RGB24</scan:ColorMode></scan:ColorModes>
<scan:DocumentFormats><pwg:DocumentFormat>image/jpeg</pwg:DocumentFormat></scan:DocumentFormats>
<scan:SupportedResolutions><scan:DiscreteResolutions>{resolutions}</scan:DiscreteResolutions></scan:SupportedResolutions>
</scan:SettingProfile></scan:SettingProfiles>""".format(
    resolutions="".join(
        f"<scan:DiscreteResolution><scan:XResolution>{dpi}</scan:XResolution><scan:YResolution>{dpi}</scan:YResolution>"
        "</scan:DiscreteResolution>"
        for dpi in (75, 100, 200, 300)
    )
)
_INPUT = f"""<scan:MinWidth>16</scan:MinWidth><scan:MaxWidth>2550</scan:MaxWidth><scan:MinHeight>16</scan:MinHeight>
<scan:MaxHeight>3508</scan:MaxHeight><scan:MaxScanRegions>1</scan:MaxScanRegions>{_PROFILE}"""
CAPABILITIES = f"""<?xml version="1.0" encoding="UTF-8"?><scan:ScannerCapabilities {_NAMES}>
<pwg:Version>2.6</pwg:Version><pwg:MakeAndModel>Specimen Scanner</pwg:MakeAndModel>
<scan:Platen><scan:PlatenInputCaps>{_INPUT}</scan:PlatenInputCaps></scan:Platen>
<scan:Adf><scan:AdfSimplexInputCaps>{_INPUT}</scan:AdfSimplexInputCaps><scan:FeederCapacity>50</scan:FeederCapacity>
</scan:Adf></scan:ScannerCapabilities>"""


class EsclEmulator:
    """Serves `papers` (BGR pictures at 300 dpi). `fault` strikes at paper number `fault_at`, counted from 1.

    Faults: `jam`, `cover`, `busy` (no job is taken), `stall` (no answer), `truncated` (half a JPEG, as if whole),
    `cut_off` (the connection ends half-way), `dropped` (no answer, the connection ends),
    `mute` (it does not even say what it can do).
    """

    def __init__(self, papers: Sequence[Picture], fault: str = "", fault_at: int = 1) -> None:
        self.papers = list(papers)
        self.fault = fault
        self.fault_at = fault_at
        self.delivered = 0
        self.jobs = 0
        self.deleted = threading.Event()
        self.stalling = threading.Event()
        self.settings = ""
        self._released = threading.Event()
        emulator = self

        class Handler(_Handler):
            scanner = emulator

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/eSCL"

    def __enter__(self) -> EsclEmulator:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def faulty_now(self, *faults: str) -> bool:
        return self.fault in faults and self.delivered + 1 >= self.fault_at

    def stall(self) -> None:
        self.stalling.set()
        self._released.wait()

    def status(self) -> str:
        adf = "ScannerAdfLoaded" if self.delivered < len(self.papers) else "ScannerAdfEmpty"
        if self.faulty_now("jam"):
            adf = "ScannerAdfJam"
        if self.faulty_now("cover"):
            adf = "ScannerAdfHatchOpen"
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><scan:ScannerStatus {_NAMES}><pwg:Version>2.6</pwg:Version>'
            f"<pwg:State>Idle</pwg:State><scan:AdfState>{adf}</scan:AdfState></scan:ScannerStatus>"
        )

    def next_document(self) -> bytes:
        """The next paper as the job wants it: region in 1/300 inch, resolution, colour."""
        asked = {name: int(value) for name, value in re.findall(r":(\w+)>(\d+)</", self.settings)}
        picture = self.papers[self.delivered][: asked["Height"], : asked["Width"]]
        scale = asked["XResolution"] / 300
        if scale != 1:
            picture = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        if "Grayscale8" in self.settings:
            picture = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
        return cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 95])[1].tobytes()


class _Handler(BaseHTTPRequestHandler):
    scanner: EsclEmulator
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.scanner.fault == "mute":
            self.scanner.stall()
        elif self.path.endswith("/ScannerCapabilities"):
            self._answer(200, CAPABILITIES.encode(), "text/xml")
        elif self.path.endswith("/ScannerStatus"):
            self._answer(200, self.scanner.status().encode(), "text/xml")
        elif self.path.endswith("/NextDocument"):
            self._next_document()
        else:
            self._answer(404)

    def do_POST(self) -> None:
        scanner = self.scanner
        scanner.settings = self.rfile.read(int(self.headers["Content-Length"])).decode()
        empty = "Feeder" in scanner.settings and scanner.delivered >= len(scanner.papers)
        if scanner.fault == "busy":
            self._answer(503)
        elif empty or scanner.faulty_now("jam", "cover"):
            self._answer(409)
        else:
            scanner.jobs += 1
            self._answer(201, location=f"{scanner.url}/ScanJobs/{scanner.jobs}")

    def do_DELETE(self) -> None:
        self.scanner.deleted.set()
        self._answer(200)

    def _next_document(self) -> None:
        if self.scanner.delivered >= len(self.scanner.papers):
            self._answer(404)
        elif self.scanner.faulty_now("jam", "cover"):
            self._answer(409)
        elif self.scanner.faulty_now("stall"):
            self.scanner.stall()
        elif self.scanner.faulty_now("dropped"):
            self.close_connection = True
            self.connection.close()
        else:
            document = self.scanner.next_document()
            half = document[: len(document) // 2]
            cut_off, truncated = self.scanner.faulty_now("cut_off"), self.scanner.faulty_now("truncated")
            self.scanner.delivered += 1  # before the driver, that has it all, asks for the next from another thread
            if cut_off:
                self._answer(200, half, "image/jpeg", length=len(document))
                self.close_connection = True
            else:
                self._answer(200, half if truncated else document, "image/jpeg")

    def _answer(
        self, code: int, body: bytes = b"", kind: str = "text/plain", location: str = "", length: int | None = None
    ) -> None:
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        if location:
            self.send_header("Location", location)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet: a test says what it expects."""
