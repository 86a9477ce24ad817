"""Taking a blur back: Wiener's filter for a Gaussian of a known width, the form that lenses and scanners come near."""

from __future__ import annotations

import functools

import cv2
import numpy as np
import numpy.typing as npt

from station.scan.image.arrays import Gray

_PAD = 16
"""Pixels mirrored around the image, so that its edges do not ring."""


def deblurred(gray: Gray, sigma: float, noise: float) -> Gray:
    """The image before a blur of `sigma` pixels; `noise` is its power beside the signal's, which bounds the gain."""
    height, width = gray.shape
    rows, columns = cv2.getOptimalDFTSize(height + 2 * _PAD), cv2.getOptimalDFTSize(width + 2 * _PAD)
    below, beside = rows - height - _PAD, columns - width - _PAD
    around = cv2.copyMakeBorder(gray, _PAD, below, _PAD, beside, cv2.BORDER_REFLECT).astype(np.float32)
    sharp = np.fft.irfft2(np.fft.rfft2(around) * _gain(rows, columns, sigma, noise), s=(rows, columns))
    return np.clip(sharp[_PAD : _PAD + height, _PAD : _PAD + width], 0, 255).astype(np.uint8)


@functools.lru_cache(maxsize=32)
def _gain(rows: int, columns: int, sigma: float, noise: float) -> npt.NDArray[np.float64]:
    down, across = np.fft.fftfreq(rows)[:, None], np.fft.rfftfreq(columns)[None]
    passed = np.exp(-2 * np.pi**2 * sigma**2 * (down**2 + across**2))
    return np.asarray(passed / (passed**2 + noise) * (1 + noise))
