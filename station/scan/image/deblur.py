"""Taking a blur back: Wiener's filter for a blur whose spread is known, as a kernel of bounded reach."""

from __future__ import annotations

from typing import Any, TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from station.scan.image.arrays import Gray

Kernel: TypeAlias = npt.NDArray[Any]
"""float32, square, of an odd side: how a point of light is spread, its shares together 1."""

_REACH = 32
"""Pixels to each side that a sharpened pixel depends on: beyond them a filter that noise bounds has died away."""

_FIELD = 128
"""Side of the square on which such a filter is reckoned: it has died away well before it comes round again."""


def deblurred(gray: Gray, spread: Kernel, noise: float) -> Gray:
    """The image before it was blurred so; `noise` is its power beside the signal's, which bounds the gain."""
    sharp = cv2.filter2D(gray, cv2.CV_32F, restoring(spread, noise), borderType=cv2.BORDER_REFLECT)
    return np.asarray(np.clip(sharp, 0, 255), np.uint8)


def restoring(spread: Kernel, noise: float) -> Kernel:
    """The kernel that takes such a blur back where it is slid over an image."""
    passed = transfer(spread, (_FIELD, _FIELD))
    gain = passed / (np.abs(passed) ** 2 + noise)  # not its conjugate: OpenCV slides a kernel without turning it round
    kernel = np.fft.fftshift(np.fft.irfft2(gain, s=(_FIELD, _FIELD)))
    middle = _FIELD // 2
    kernel = kernel[middle - _REACH : middle + _REACH + 1, middle - _REACH : middle + _REACH + 1]
    return np.asarray(kernel / kernel.sum(), np.float32)


def transfer(spread: Kernel, shape: tuple[int, int]) -> npt.NDArray[np.complex128]:
    """What a blur lets pass of each frequency of an image of this shape, as `rfft2` has them."""
    half = len(spread) // 2
    field = np.zeros(shape)
    field[: len(spread), : len(spread)] = spread
    return np.asarray(np.fft.rfft2(np.roll(field, (-half, -half), (0, 1))))


def gaussian(sigma: float) -> Kernel:
    """The spread of a Gaussian of so many pixels, the form that lenses and scanners come near."""
    side = 2 * max(1, round(4 * sigma)) + 1
    along = cv2.getGaussianKernel(side, sigma, cv2.CV_32F)
    return np.asarray(along @ along.T)
