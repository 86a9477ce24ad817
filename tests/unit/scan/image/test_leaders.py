"""Dotted leaders go, and what stands on a ruled line stays whole."""

from __future__ import annotations

import time
from typing import Any

import cv2
import numpy as np

from station.scan.image import leaders
from station.scan.image.arrays import Gray
from station.scan.image.components import Components

LINES = ["Họ, chữ đệm, tên: ĐẶNG NGỌC ĐẠT", "Nơi cư trú: Thôn Hạ, xã Vĩnh Thạnh", "Quan hệ: Mẹ đẻ, tạm trú tại Lộc"] * 3


def form(write: Any) -> Gray:
    return np.asarray(cv2.cvtColor(write(LINES), cv2.COLOR_BGR2GRAY), np.uint8)


def test_dots_below_letters_stay_where_they_touch_the_line_that_is_written_on(write: Any) -> None:
    """The line was taken off once, and the dots of «Hạ» and «Lợi» went with it: names of other people and places."""
    print_alone = form(write)
    ruled = print_alone.copy()
    inked = np.flatnonzero((print_alone < 128).any(axis=1))
    rows = [block[-1] for block in np.split(inked, np.flatnonzero(np.diff(inked) > 20) + 1)]
    for row in rows:
        cv2.line(ruled, (900, int(row) - 6), (2200, int(row) - 6), (30,), 3)
    cleaned = leaders.without_leaders(ruled)
    lost = (print_alone < 100) & (cleaned > 160)
    assert lost.sum() < 0.001 * (print_alone < 100).sum()


def test_dotted_leaders_are_taken_off(write: Any) -> None:
    dotted = np.asarray(cv2.cvtColor(write([f"{line} {'.' * 40}" for line in LINES]), cv2.COLOR_BGR2GRAY), np.uint8)
    cleaned = leaders.without_leaders(dotted)
    print_alone = form(write)
    assert (cleaned < 128).sum() < 1.01 * (print_alone < 128).sum()
    assert (dotted < 128).sum() > 1.03 * (print_alone < 128).sum()


def test_a_comma_before_dots_stays(write: Any) -> None:
    """It went with them as their fourth, and «số 075183593538, cấp» was accepted without it."""
    with_comma, font = [f"{line} 075183593538," for line in LINES], "LiberationSans-Regular.ttf"
    print_alone = cv2.cvtColor(write(with_comma, font=font, points=12, at=(200, 300)), cv2.COLOR_BGR2GRAY)
    led = write([f"{line} ..." for line in with_comma], font=font, points=12, at=(200, 300))
    cleaned = leaders.without_leaders(cv2.cvtColor(led, cv2.COLOR_BGR2GRAY))
    lost = (print_alone < 100) & (cleaned > 160)
    assert lost.sum() < 0.001 * (print_alone < 100).sum()
    assert ((cleaned < 128) & (print_alone > 128)).sum() == 0


def test_the_boxes_of_single_digits_are_taken_off(write: Any) -> None:
    boxed = form(write)
    for at in range(12):
        cv2.rectangle(boxed, (300 + 70 * at, 2000), (370 + 70 * at, 2070), (40,), 2)
    cleaned = leaders.without_leaders(boxed)
    assert (cleaned[1990:2080] > 128).all()


def test_pale_print_of_which_only_pieces_are_ink_is_no_leader(write: Any) -> None:
    """Of grey print the middle of most letters was taken off for a leader's dots."""
    pale = np.maximum(cv2.cvtColor(write(["MẪU – SPECIMEN"], at=(900, 2600)), cv2.COLOR_BGR2GRAY), 185)
    top, bottom = np.flatnonzero((pale < 200).any(axis=1))[[0, -1]]
    middle = slice(bottom - 20, bottom - 13)
    pale[middle] = np.where(pale[middle] < 200, 150, pale[middle])
    cleaned = leaders.without_leaders(np.minimum(form(write), pale))
    assert (cleaned[top:bottom] == pale[top:bottom]).all()


def test_thousands_of_specks_in_step_cost_as_much_each_as_a_few() -> None:
    """The noise of a dark picture makes one chain: each speck renumbered all before it, and a page
    had not ended after 75 seconds."""
    few, many = seconds_to_chain(4_000), seconds_to_chain(32_000)
    assert many / few < 8 * 4, "as many times longer as there are more of them is 8, the square of it 64"


def seconds_to_chain(count: int) -> float:
    """CPU seconds for so many specks ten pixels apart, all of which are one leader."""
    left = 10 * np.arange(count)
    marks = np.column_stack([left, np.full(count, 10), *[np.full(count, 3)] * 2, np.full(count, 9)])
    runs = np.where(np.arange(count) < 10, 1, np.arange(count))
    long = np.arange(count) == 1
    ink = np.zeros((30, 10 * count), np.uint8)
    began = time.process_time()
    gone = leaders.stray(ink, marks, np.arange(count), runs, long, 20.0)
    took = time.process_time() - began
    assert gone.all()
    return took


def test_letters_among_many_specks_are_no_frames(write: Any) -> None:
    """On a faded page specks outnumbered the letters, and «Thôn» was left without its first two."""
    print_alone = cv2.cvtColor(write(LINES, points=20), cv2.COLOR_BGR2GRAY)
    specked = print_alone.copy()
    for row, column in np.ndindex(10, 80):
        top, left = 2600 + 20 * row, 200 + 20 * column
        specked[top : top + 9, left : left + 5] = 60
    cleaned = leaders.without_leaders(specked)
    lost = (print_alone < 100) & (cleaned > 160)
    assert lost.sum() < 0.001 * (print_alone < 100).sum()


def test_small_print_below_a_large_title_is_no_leader(write: Any) -> None:
    """The title held most of the ink: letters of the page's own print were dots beside it, and went."""
    title = write(["GIẤY XÁC NHẬN TÌNH TRẠNG", "HÔN NHÂN"], font="LiberationSans-Bold.ttf", points=24, at=(120, 2600))
    page = cv2.cvtColor(np.minimum(write(LINES, points=9.5), title), cv2.COLOR_BGR2GRAY)
    cleaned = leaders.without_leaders(page)
    lost = (page < 100) & (cleaned > 160)
    assert lost.sum() < 0.001 * (page < 100).sum()


def test_specks_and_one_blot_are_no_print() -> None:
    """They made print as high as the blot."""
    ink = np.zeros((400, 900), np.uint8)
    for at in range(30):
        ink[20:30, 20 + 25 * at : 28 + 25 * at] = 255
    ink[100:180, 100:160] = 255
    height = leaders.letter_height(Components.of_mask(ink).stats)
    assert height is None or height < 20


def test_the_letter_height_is_that_of_the_print(write: Any, letter: list[str]) -> None:
    ink = np.where(cv2.cvtColor(write(letter), cv2.COLOR_BGR2GRAY) < leaders.INK, np.uint8(255), np.uint8(0))
    height = leaders.letter_height(Components.of_mask(ink).stats)
    assert height is not None
    assert 20 < height < 40
