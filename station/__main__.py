"""The command line: `station` opens the counter; its words are the same parts without a window."""

from __future__ import annotations

import argparse
import io
import multiprocessing
import sys
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

from station.errors import DeviceError, StationError
from station.language import Language
from station.paths import DataFolder
from station.settings import Settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0, or 1 for a failure that was told on standard error."""
    multiprocessing.freeze_support()
    _leave_no_core_dumps()
    _write_utf8()
    told = _parser().parse_args(arguments)
    try:
        return int(told.command(told))
    except StationError as error:
        sys.stderr.write(f"{Language.load().error(error)}\n")
        return 1


def _write_utf8() -> None:
    """Vietnamese, and names of files that are no UTF-8, in every locale: a pipe of Windows or `C` knows neither."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a program without a terminal may have none
            stream.reconfigure(encoding="utf-8", errors="surrogateescape")


def _leave_no_core_dumps() -> None:
    """A core dump would hold papers and keys in clear; every process that we start inherits this."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _counter(told: argparse.Namespace) -> int:
    from station.program import run

    return run(_folder(told))


def _folder(told: argparse.Namespace) -> DataFolder:
    return DataFolder(told.data) if told.data else DataFolder.of_this_user()


def _practice(told: argparse.Namespace) -> int:
    from station.practice.mode import practise

    return practise(
        DataFolder(told.data) if told.data else DataFolder.for_practice(),
        walk=told.walk,
        pictures=told.pictures,
        citizen_screen=told.citizen_screen,
        tray=told.tray,
    )


def _read(told: argparse.Namespace) -> int:
    from station.read_files import read_files

    return read_files(told.files, told.json, sys.stdout, told.engine)


def _check_papers(told: argparse.Namespace) -> int:
    from station.check_papers import check_papers

    return check_papers(told.folder, told.image, told.json, sys.stdout, told.engine)


def _verify(told: argparse.Namespace) -> int:
    from station.verify_receipt import key_file_text, verify_receipt

    keys = told.keys or _folder(told).receipt_keys
    if told.export_key:
        sys.stdout.write(key_file_text(keys))
        return 0
    if not told.receipts:
        told.refuse("QRTEXT|IMAGE|PDF, or --export-key")
    return verify_receipt(told.receipts, keys, sys.stdout)


def _check_procedures(told: argparse.Namespace) -> int:
    from station.check_procedures import check_procedures

    return check_procedures(told.folder, sys.stdout)


def _compare_versions(told: argparse.Namespace) -> int:
    from station.check_procedures import compare_versions

    return compare_versions(told.code, told.old, told.new, told.folder, _folder(told), sys.stdout)


def _devices(told: argparse.Namespace) -> int:
    from station.app import devices

    language = Language.load()
    found = devices(Settings.load(_folder(told).settings), language)
    if not found:
        raise DeviceError("device.none")
    for device in found:
        state = "" if device.remedy is None else language(f"error.{device.remedy}.say")
        sys.stdout.write(f"{device.id}\t{device.name}\t{', '.join(device.sources)}\t{state}\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="station", description="Trạm số – the digital station at the counter.")
    parser.add_argument("--version", action="version", version=metadata.version("digital-station"))
    parser.add_argument("--data", type=Path, metavar="DIR", help="the station's folder, instead of this user's own")
    parser.set_defaults(command=_counter)
    commands = parser.add_subparsers(metavar="COMMAND")

    practice = commands.add_parser("practice", help="practice mode: invented citizens, a virtual tray, a local hub")
    # SUPPRESS: a default here would undo a --data that stands before the word.
    practice.add_argument("--data", type=Path, default=argparse.SUPPRESS, metavar="DIR", help="the practice folder")
    practice.add_argument("--walk", action="store_true", help="drive one dossier through the windows, then exit")
    practice.add_argument("--pictures", type=Path, metavar="DIR", help="where the walk puts its screenshots")
    practice.add_argument(
        "--citizen-screen", default="1024x600", metavar="WxH", help="size of a virtual second display"
    )
    practice.add_argument("--tray", type=Path, metavar="DIR", help="other piles of papers than the specimens")
    practice.set_defaults(command=_practice)

    reading = commands.add_parser("read", help="read images and PDF files (docs/reading.md)")
    reading.add_argument("files", nargs="+", type=Path, metavar="FILE")
    reading.add_argument("--json", action="store_true", help="JSON Lines, one object a page")
    reading.add_argument("--engine", choices=("tesserocr", "pytesseract"), default="tesserocr")
    reading.set_defaults(command=_read)

    papers = commands.add_parser("papers", help="the descriptions of papers (docs/adding-a-paper.md)")
    checking = papers.add_subparsers(metavar="COMMAND", required=True).add_parser(
        "check", help="validate a folder of descriptions; show what each finds on an image"
    )
    checking.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help="instead of the program's own")
    checking.add_argument("--image", nargs="+", type=Path, default=[], metavar="FILE", help="images and PDF files")
    checking.add_argument("--json", action="store_true", help="JSON Lines: the folder, then one object a page")
    checking.add_argument("--engine", choices=("tesserocr", "pytesseract"), default="tesserocr")
    checking.set_defaults(command=_check_papers)

    verifying = commands.add_parser("verify", help="whether a receipt is genuine, without a network (docs/forms)")
    verifying.add_argument("receipts", nargs="*", metavar="QRTEXT|IMAGE|PDF", help="the code's text, or a file with it")
    verifying.add_argument("--keys", type=Path, metavar="FILE", help="public keys to trust, instead of this station's")
    verifying.add_argument("--export-key", action="store_true", help="print this station's public key, for others")
    verifying.set_defaults(command=_verify, refuse=verifying.error)

    procedures = commands.add_parser("procedures", help="the catalogue of procedures (resources/procedures/README.md)")
    deeds = procedures.add_subparsers(metavar="COMMAND", required=True)
    validating = deeds.add_parser("check", help="validate a folder of procedures; every mistake with file and line")
    validating.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help="instead of the program's own")
    validating.set_defaults(command=_check_procedures)
    comparing = deeds.add_parser("diff", help="what is new in one version of a procedure against another")
    comparing.add_argument("code", metavar="CODE", help="1.001193")
    comparing.add_argument("old", metavar="OLD", help="the older version, YYYY-MM-DD")
    comparing.add_argument("new", metavar="NEW", help="the newer version, YYYY-MM-DD")
    comparing.add_argument("--folder", type=Path, metavar="FOLDER", help="instead of all that this station knows")
    comparing.set_defaults(command=_compare_versions)

    listing = commands.add_parser("devices", help="list the scanners and other sources of pages")
    listing.set_defaults(command=_devices)
    return parser


if __name__ == "__main__":
    sys.exit(main())
