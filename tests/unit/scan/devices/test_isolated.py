"""Work on hostile bytes: whatever it does to its process, ours goes on and says what happened."""

from __future__ import annotations

import os
import signal
import time

import pytest

from station.errors import InputError
from station.scan.devices.isolated import Emit, Header, IsolationError, Limits, RefusedError, Work, run_isolated

LIMITS = Limits(memory=1 << 30, processor_seconds=1, seconds=60.0)


def echo_twice(content: bytes, about: Header, emit: Emit) -> None:
    emit({"part": 1, **about}, content)
    emit({"part": 2, **about}, content[::-1])


def refuse(content: bytes, about: Header, emit: Emit) -> None:
    raise InputError("file.encrypted", pages=len(content))


def eat_memory(content: bytes, about: Header, emit: Emit) -> None:
    emit({}, bytes(2 << 30))


def burn_processor_time(content: bytes, about: Header, emit: Emit) -> None:
    while True:
        pass


def hang(content: bytes, about: Header, emit: Emit) -> None:
    time.sleep(600)


def crash(content: bytes, about: Header, emit: Emit) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def run(work: Work, limits: Limits = LIMITS) -> list[tuple[Header, bytes]]:
    return list(run_isolated(work, b"abc", {"name": "x"}, limits))


def test_what_the_work_makes_comes_back_in_order() -> None:
    assert run(echo_twice) == [({"part": 1, "name": "x"}, b"abc"), ({"part": 2, "name": "x"}, b"cba")]


def test_a_refusal_comes_back_as_a_code_with_its_parameters() -> None:
    with pytest.raises(RefusedError) as refused:
        run(refuse)
    assert (refused.value.code, refused.value.parameters) == ("file.encrypted", {"pages": 3})


@pytest.mark.parametrize("work", [eat_memory, burn_processor_time])
def test_too_much_memory_or_processor_time_is_too_heavy(work: Work) -> None:
    with pytest.raises(IsolationError) as ended:
        run(work)
    assert ended.value.too_heavy


def test_work_that_hangs_is_too_heavy_once_its_time_is_up() -> None:
    began = time.monotonic()
    with pytest.raises(IsolationError) as ended:
        run(hang, Limits(seconds=0.5))
    assert ended.value.too_heavy
    assert time.monotonic() - began < 40


def test_a_crash_is_told_as_one() -> None:
    with pytest.raises(IsolationError) as ended:
        run(crash)
    assert not ended.value.too_heavy


def test_it_can_be_cancelled() -> None:
    began = time.monotonic()
    assert list(run_isolated(hang, b"", {}, LIMITS, lambda: True)) == []
    assert time.monotonic() - began < 40
