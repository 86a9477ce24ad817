"""A leader of dashes that runs through words goes where it shows between their letters; bullets and hyphens stay."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from station.scan.image import leaders
from station.scan.image.arrays import Gray

LONG, THICK, PITCH = 12, 4, 17
START, END = 900, 2200


@pytest.fixture(scope="module")
def print_alone(write: Any) -> Gray:
    labels = write(["- Nơi cư trú", "- Quê quán", "- Nơi sinh"])
    values = write(["Số 163 đường Lê Lợi, xã Hạ", "Thôn Hạ, xã Vĩnh Thạnh", "Bệnh viện Đa khoa Lộc"], at=(START, 300))
    return np.asarray(cv2.cvtColor(np.minimum(labels, values), cv2.COLOR_BGR2GRAY), np.uint8)


@pytest.fixture(scope="module")
def rows(print_alone: Gray) -> list[int]:
    """Where each line's bullet is, half a small letter above the baseline: there the leader is, too."""
    return [int(row) for row in _firsts(np.flatnonzero((print_alone[:, 295:316] < 128).any(axis=1)))]


def _firsts(ascending: Any) -> Any:
    return ascending[np.diff(ascending, prepend=-9) > 9]


def struck(print_alone: Gray, rows: list[int]) -> Gray:
    led = print_alone.copy()
    for row in rows:
        for left in range(START, END, PITCH):
            led[row : row + THICK, left : left + LONG] = np.minimum(led[row : row + THICK, left : left + LONG], 30)
    return led


def test_dashes_that_touch_the_letters_beside_them_are_taken_off(print_alone: Gray, rows: list[int]) -> None:
    """«Ủy-ban-nhân-dân» was read, for each dash touched the words on both its sides."""
    led = struck(print_alone, rows)
    cleaned = leaders.without_leaders(led)
    between = cv2.erode(print_alone, np.ones((61, 9), np.uint8)) > 200
    between &= np.cumsum(print_alone[:, ::-1] < 128, axis=1)[:, ::-1] > 0
    assert ((cleaned < 128) & between).sum() < 0.02 * ((led < 128) & between).sum()
    assert ((print_alone < 100) & (cleaned > 160)).sum() < 0.01 * (print_alone < 100).sum()


def test_a_bullet_at_the_level_of_a_leader_stays(print_alone: Gray, rows: list[int]) -> None:
    """Bullets are hyphens of the leader's own size, and in step with it now and then."""
    led = print_alone.copy()
    led[:, 295:316] = 255
    for row in rows:
        led[row : row + THICK, START - 35 * PITCH : START - 35 * PITCH + LONG] = 30
    cleaned = leaders.without_leaders(struck(led, rows))
    assert all((cleaned[row, START - 35 * PITCH : START - 35 * PITCH + LONG] < 128).all() for row in rows)


def test_a_hyphen_out_of_step_with_the_leader_stays(print_alone: Gray, rows: list[int]) -> None:
    led = print_alone.copy()
    row, left = rows[0], START + 3 * PITCH + PITCH // 2
    led[row - 40 : row + 40, left - 20 : left + 40] = 255
    led[row : row + THICK, left : left + LONG] = 30
    for stem in (left - 8, left + LONG):
        led[row - 25 : row + 18, stem : stem + 8] = 30
    cleaned = leaders.without_leaders(struck(led, rows))
    assert (cleaned[row + 1, left : left + LONG] < 128).all()


@pytest.mark.parametrize("phase", range(0, PITCH, 3))
def test_a_hyphen_that_bridges_the_white_between_two_dashes_stays(write: Any, phase: int) -> None:
    """«163-165» without it is another number, on which all models agree."""
    lines = ["Số 163-165 Lê Lợi", "Thôn Hạ, xã Vĩnh Thạnh", "Bệnh viện Đa khoa Lộc"]
    page = np.asarray(cv2.cvtColor(write(lines, at=(START, 300)), cv2.COLOR_BGR2GRAY), np.uint8)
    alone = np.asarray(cv2.cvtColor(write(["-", "-", "-"], at=(START, 300)), cv2.COLOR_BGR2GRAY), np.uint8)
    levels = [int(row) for row in _firsts(np.flatnonzero((alone < 128).any(axis=1)))]
    where = np.flatnonzero((page[levels[0] : levels[0] + THICK, START : START + 500] < 128).all(axis=0)) + START
    hyphen = max(np.split(where, np.flatnonzero(np.diff(where) > 1) + 1), key=len)
    assert 10 < len(hyphen) < 20
    led = page.copy()
    for row in levels:
        for left in range(START - 100 + phase, END, PITCH):
            led[row : row + THICK, left : left + LONG] = np.minimum(led[row : row + THICK, left : left + LONG], 30)
    assert (leaders.without_leaders(led)[levels[0] + 1, hyphen] < 128).mean() > 0.9
