"""What the picture says against a value: blue ink is a pen's, red ink a seal's."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from station.dossier.reading import Doubt, ReadField, Source, Status
from station.scan.doubts import Seen, crossed, doubted
from station.scan.image.arrays import Colour

BOX = (40, 40, 460, 110)
BLACK, BLUE, DARK_BLUE = (30, 30, 30), (150, 60, 40), (96, 34, 28)


def paper(colour: tuple[int, int, int] = BLACK, tint: tuple[int, int, int] = (250, 250, 250)) -> Colour:
    image = np.full((150, 500, 3), tint, np.uint8)
    cv2.putText(image, "040198003517", (50, 100), cv2.FONT_HERSHEY_SIMPLEX, 1.6, colour, 4)
    return image


def seen_on(image: Colour) -> Seen:
    def seen(box: tuple[int, int, int, int]) -> Colour:
        left, top, right, bottom = box
        return image[top:bottom, left:right]

    return seen


def field(key: str = "subject.id_number", status: Status = Status.ACCEPTED) -> ReadField:
    return ReadField(key, "040198003517", "040198003517", 0.9, status, Source.OCR, BOX)


def test_black_print_on_white_and_on_tinted_paper_is_not_doubted() -> None:
    for tint in ((250, 250, 250), (215, 235, 250), (250, 235, 215)):
        assert doubted([field()], seen_on(paper(tint=tint))) == (field(),)


def test_what_stands_in_blue_ink_keeps_its_place_and_loses_its_text() -> None:
    [written] = doubted([field()], seen_on(paper(BLUE)))
    assert (written.value, written.printed, written.others) == ("", "", ())
    assert (written.status, written.doubt, written.box) == (Status.REVIEW, Doubt.HANDWRITTEN, BOX)


def test_dark_blue_print_that_all_read_alike_stays_read_and_a_faded_pen_does_not() -> None:
    read = [field(), field("subject.full_name"), field("subject.residence", Status.REVIEW)]
    unsure = [field(), field("subject.full_name", Status.REVIEW), field("subject.residence", Status.REVIEW)]
    assert doubted(read, seen_on(paper(DARK_BLUE))) == tuple(read)
    assert {written.doubt for written in doubted(unsure, seen_on(paper(DARK_BLUE)))} == {Doubt.HANDWRITTEN}


def test_a_printed_name_under_a_blue_signature_stays_read() -> None:
    signed = field("signed_by")
    assert doubted([signed], seen_on(paper(BLUE))) == (signed,)


def test_figures_under_a_red_seal_are_for_a_person() -> None:
    image = paper()
    cv2.circle(image, (200, 60), 90, (60, 60, 220), 8)
    cv2.circle(image, (200, 60), 60, (60, 60, 220), 8)
    [sealed] = doubted([field()], seen_on(image))
    assert (sealed.value, sealed.status, sealed.doubt) == ("040198003517", Status.REVIEW, Doubt.UNDER_SEAL)


@pytest.mark.parametrize("box", [None, (600, 200, 700, 240)])
def test_a_field_without_a_place_in_the_picture_is_left_alone(box: tuple[int, int, int, int] | None) -> None:
    elsewhere = ReadField("number", "12", "12", 0.9, Status.ACCEPTED, Source.OCR, box)
    assert doubted([elsewhere], seen_on(paper(BLUE))) == (elsewhere,)


def test_what_a_streak_runs_through_is_for_a_person_and_keeps_a_doubt_that_it_had() -> None:
    through, beside, far = (200, 0, 204, 900), (470, 0, 474, 900), (560, 0, 564, 900)
    (hit,) = crossed([field()], [through])
    assert crossed([field()], [beside])[0].doubt is Doubt.UNDER_STREAK  # a last letter may lie below it
    assert (hit.status, hit.doubt, hit.value) == (Status.REVIEW, Doubt.UNDER_STREAK, field().value)
    assert crossed([field()], [far]) == (field(),)
    doubtful = field(status=Status.REVIEW)
    (kept,) = crossed([replace(doubtful, doubt=Doubt.STRUCTURE)], [through])
    assert kept.doubt is Doubt.STRUCTURE
