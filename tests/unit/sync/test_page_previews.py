"""Which previews are worth sending, and that each is made once."""

from __future__ import annotations

import threading

import pytest

from station.dossier.rendition import MOST_BYTES, Rendition
from station.errors import InputError, StoreError
from station.joins.page_previews import PagePreviews
from station.sync.renditions import InTheMaking

from .invented import PageBox, image


class Maker:
    def __init__(self, size: int = 20_000) -> None:
        self.size = size
        self.made = 0

    def preview(self, content: bytes) -> Rendition:
        self.made += 1
        return Rendition("image/webp", content[: self.size])


def test_a_page_gets_one_preview_however_often_it_is_asked_for() -> None:
    pages, maker = PageBox(), Maker()
    previews = PagePreviews(pages, maker)
    sha256 = pages.add(image(1, 300_000))
    assert [previews.preview(sha256), previews.preview(sha256)] == [Rendition("image/webp", pages[sha256][:20_000])] * 2
    assert maker.made == 1


def test_a_small_page_gets_none_and_is_not_even_opened() -> None:
    pages, maker = PageBox(), Maker()
    assert PagePreviews(pages, maker).preview(pages.add(image(1, MOST_BYTES // 2))) is None
    assert maker.made == 0


def test_a_preview_that_saves_little_is_not_sent() -> None:
    pages = PageBox()
    assert PagePreviews(pages, Maker(60_000)).preview(pages.add(image(1, 100_000))) is None


def test_what_cannot_be_read_here_is_said() -> None:
    class Damaged(PageBox):
        def read(self, sha256: str) -> bytes:
            raise StoreError("store.page_damaged")

    with pytest.raises(StoreError):
        PagePreviews(Damaged(), Maker()).preview("a" * 64)


def test_only_the_last_few_stay_in_memory() -> None:
    pages, maker = PageBox(), Maker()
    previews = PagePreviews(pages, maker)
    first = pages.add(image(0, 100_000))
    for seed in range(17):
        previews.preview(pages.add(image(seed, 100_000)))
    previews.preview(first)
    assert maker.made == 18


class SlowMaker(Maker):
    """Its process is just starting."""

    def __init__(self, fails: bool = False) -> None:
        super().__init__()
        self.started, self.fails = threading.Event(), fails

    def preview(self, content: bytes) -> Rendition:
        assert self.started.wait(30)
        if self.fails:
            raise InputError("file.unreadable")
        return super().preview(content)


def test_one_that_takes_long_is_had_later_and_made_once() -> None:
    pages, maker, made = PageBox(), SlowMaker(), threading.Event()
    previews = PagePreviews(pages, maker, patience=0.01)
    previews.on_made(made.set)
    sha256 = pages.add(image(1, 300_000))
    assert previews.preview(sha256) == InTheMaking() == previews.preview(sha256)
    assert not made.is_set()
    maker.started.set()
    assert made.wait(30)
    assert previews.preview(sha256) == Rendition("image/webp", pages[sha256][:20_000])
    assert maker.made == 1


def test_one_that_cannot_be_made_after_all_is_told_as_well() -> None:
    pages, maker, made = PageBox(), SlowMaker(fails=True), threading.Event()
    previews = PagePreviews(pages, maker, patience=0.01)
    previews.on_made(made.set)
    sha256 = pages.add(image(1, 300_000))
    assert previews.preview(sha256) == InTheMaking()
    maker.started.set()
    assert made.wait(30)
    with pytest.raises(InputError):
        previews.preview(sha256)
