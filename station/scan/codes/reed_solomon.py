"""Reed–Solomon decoding over GF(256) as QR symbols use it: of codewords that are wrong and of those that are lost."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Symbols = npt.NDArray[np.int64]

_PRIMITIVE = 0x11D


def _powers() -> Symbols:
    powers, value = [], 1
    for _ in range(255):
        powers.append(value)
        value = value << 1 ^ (_PRIMITIVE if value & 0x80 else 0)
    return np.array(powers * 2, np.int64)


_POWER = _powers()
_LOG = np.zeros(256, np.int64)
_LOG[_POWER[:255]] = np.arange(255)


def corrected(received: Sequence[int], checks: int, lost: Sequence[int], spare: int) -> Symbols | None:
    """The codewords as they were sent; None where more is wrong than can be told.

    `lost` are positions whose value is not believed. `spare` checks are left unused: each makes it 256 times less
    likely that noise passes for text. Two checks mend a wrong codeword, one a lost one.
    """
    word = np.array(received, np.int64)
    word[list(lost)] = 0
    syndromes = _syndromes(word, checks)
    if not syndromes.any():
        return word
    exponents = len(word) - 1 - np.array(lost, np.int64)
    locator = _locator(syndromes, exponents)
    wrong = len(locator) - 1
    if 2 * (wrong - len(lost)) + len(lost) > checks - spare or wrong == 0:
        return None
    places = np.arange(len(word))
    roots = _values(locator, -(len(word) - 1 - places)) == 0
    if roots.sum() != wrong:
        return None
    at = places[roots]
    inverse = -(len(word) - 1 - at)
    evaluator = _product(syndromes, locator)[:checks]
    slope = locator.copy()
    slope[::2] = 0  # the derivative in characteristic 2, times x
    above, below = _values(evaluator, inverse), _values(slope, inverse)
    if not below.all():
        return None
    word[at] ^= np.where(above == 0, 0, _POWER[(_LOG[above] - _LOG[below]) % 255])
    return None if _syndromes(word, checks).any() else word


def _syndromes(word: Symbols, checks: int) -> Symbols:
    exponents = np.arange(len(word) - 1, -1, -1)
    terms = _POWER[(_LOG[word][None] + np.arange(checks)[:, None] * exponents[None]) % 255]
    return np.asarray(np.bitwise_xor.reduce(np.where(word[None] == 0, 0, terms), axis=1))


def _locator(syndromes: Symbols, exponents: Symbols) -> Symbols:
    """The polynomial whose roots are the places of all that is wrong (Berlekamp and Massey, begun with the lost)."""
    current = np.array([1], np.int64)
    for exponent in exponents:
        current = _product(current, np.array([1, _POWER[exponent % 255]]))
    before, known = current.copy(), len(exponents)
    degree = known
    for step in range(known, len(syndromes)):
        reach = min(len(current), step + 1)
        terms = _times(current[:reach], syndromes[step - np.arange(reach)])
        gap = int(np.bitwise_xor.reduce(terms))
        before = np.concatenate([[0], before])
        if gap:
            longer = np.zeros(max(len(current), len(before)), np.int64)
            longer[: len(current)] = current
            longer[: len(before)] ^= _times(before, np.full(len(before), gap))
            if 2 * degree <= step + known:
                degree = step + known + 1 - degree
                before = _times(current, np.full(len(current), _POWER[-_LOG[gap] % 255]))
            current = longer
    return np.asarray(np.trim_zeros(current, "b"))


def _times(one: Symbols, other: Symbols) -> Symbols:
    return np.where((one == 0) | (other == 0), 0, _POWER[_LOG[one] + _LOG[other]])


def _product(one: Symbols, other: Symbols) -> Symbols:
    result = np.zeros(len(one) + len(other) - 1, np.int64)
    for place, factor in enumerate(one):
        if factor:
            result[place : place + len(other)] ^= _times(other, np.full(len(other), factor))
    return result


def _values(polynomial: Symbols, exponents: Symbols) -> Symbols:
    """The polynomial at these powers of the primitive element."""
    degrees = np.arange(len(polynomial))
    terms = _POWER[(_LOG[polynomial][:, None] + degrees[:, None] * exponents[None]) % 255]
    return np.asarray(np.bitwise_xor.reduce(np.where(polynomial[:, None] == 0, 0, terms), axis=0))
