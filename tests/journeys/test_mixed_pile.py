"""A mixed pile goes through the real station without separator sheets: scanned, read, split, put right, kept."""

from __future__ import annotations

import random
import secrets
import threading
from collections.abc import Sequence
from pathlib import Path

from station import app
from station.dossier.dossier import Dossier
from station.dossier.grouping import papers
from station.dossier.page import Page
from station.dossier.received import received_by
from station.language import Language
from station.paths import DataFolder
from station.settings import Settings
from station.store.keys import Keys
from tests.journeys.piles import TRAY
from tests.people import sit_down
from tools.make_specimens import photographed
from tools.specimens.several_pages import contract, residence_form

OFFICER = "canbo.mau"
CARD = ("3-cu-tru/02-identity-card-back.jpg", "3-cu-tru/01-identity-card-front.jpg")
CHILDREN = ("3-cu-tru/05-birth-certificate.jpg", "4-chung-thuc/03-birth-certificate.jpg")


def mixed_pile() -> list[bytes]:
    """A card, its back first; a form of two pages; the certificates of two children; a contract of two pages."""
    form, lease = (
        [photographed(page, random.Random(number))[0] for page in draw(random.Random(number))]
        for number, draw in ((2, residence_form), (3, contract))
    )
    card, children = ([(TRAY / name).read_bytes() for name in names] for names in (CARD, CHILDREN))
    return [*card, *form, *children, *lease]


def scan_and_read(station: app.Station, dossier_id: str, images: Sequence[bytes]) -> Dossier:
    desk, read = station.desk, threading.Semaphore(0)
    pages: list[Page] = []
    for number, image in enumerate(images, 1):
        desk.scan_pages.from_file(dossier_id, image, f"{number}.jpg", OFFICER, pages.append)
    failures: list[object] = []
    for page in pages:
        desk.read_page(dossier_id, page.id, page.sha256, lambda _dossier: read.release(), failures.append)
    for _page in pages:
        assert read.acquire(timeout=120), failures
    return desk.dossiers.get(dossier_id)


def numbers(dossier: Dossier) -> list[list[int]]:
    return [[page.number for page in paper.pages] for paper in papers(dossier)]


def test_a_mixed_pile_becomes_papers_and_what_the_officer_changes_is_still_there_after_a_restart(
    tmp_path: Path,
) -> None:
    folder, keys = DataFolder(tmp_path / "station"), Keys.derived_from(secrets.token_bytes(32))
    station = sit_down(app.build(folder, Settings(), keys, Language.load(), []))
    try:
        desk = station.desk
        dossier_id = desk.open_dossier("1.010041", OFFICER).id
        dossier = scan_and_read(station, dossier_id, mixed_pile())
        assert numbers(dossier) == [[1, 2], [3, 4], [5], [6], [7, 8]]
        assert [paper.kind for paper in papers(dossier)] == [
            "identity_card_front",
            "residence_form",
            "birth_certificate",
            "birth_certificate",
            "other",
        ]
        assert not any(place.unsure for paper in papers(dossier) for place in paper.places)
        wanted = {paper.key: paper for paper in desk.procedures.get("1.010041").papers}
        assert [len(paper.pages) for paper in received_by(dossier, wanted["residence_form"])] == [2]
        assert [len(paper.pages) for paper in received_by(dossier, wanted["identity"])] == [2]
        desk.split_paper(dossier_id, dossier.pages[7].id, OFFICER)
        desk.join_pages(dossier_id, dossier.pages[7].id, dossier.pages[2].id, OFFICER)
    finally:
        station.close()
    station = app.build(folder, Settings(), keys, Language.load(), [])
    try:
        assert numbers(station.desk.dossiers.get(dossier_id)) == [[1, 2], [3, 4, 8], [5], [6], [7]]
    finally:
        station.close()
