"""The ordinary log: where something went wrong, never what a paper says."""

from __future__ import annotations

import logging
from pathlib import Path

from station import log


def test_a_traceback_in_the_log_has_the_place_and_the_kind_but_no_value(tmp_path: Path) -> None:
    printed = "NGUYỄN VĂN MẪU 001099000123"
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    log.start(tmp_path)
    (handler,) = (new for new in root.handlers if new not in before)
    try:
        try:
            int(printed)
        except ValueError:
            logging.getLogger("station.trial").exception("a listener failed")
    finally:
        root.removeHandler(handler)
        handler.close()
        root.setLevel(level)
        logging.getLogger("httpx").setLevel(logging.NOTSET)
    written = (tmp_path / "station.log").read_text(encoding="utf-8")
    assert "test_log.py" in written
    assert "ValueError" in written
    assert "MẪU" not in written
    assert "001099000123" not in written
