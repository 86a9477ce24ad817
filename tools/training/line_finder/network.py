"""The line finder's network: a narrow U-Net with a wide view, one grey channel in, two masks out at half the size."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

STRIDE = 32
"""Sides of the input must be multiples of this."""


def convolution(inner: int, outer: int, size: int = 3, stride: int = 1, apart: int = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inner, outer, size, stride, apart * (size // 2), dilation=apart, bias=False), nn.BatchNorm2d(outer)
    )


class Block(nn.Module):
    """A residual layer. Dense: depthwise layers are fewer sums, yet train many times slower on a processor."""

    def __init__(self, channels: int, apart: int = 1) -> None:
        super().__init__()
        self.mix = convolution(channels, channels, apart=apart)

    def forward(self, x: Tensor) -> Tensor:
        return functional.relu(x + self.mix(x))


class Upward(nn.Module):
    """Twice the size, joined with what the way down saw at that size."""

    def __init__(self, below: int, beside: int, outer: int) -> None:
        super().__init__()
        self.shrink = convolution(below, outer, 1)
        self.take = convolution(beside, outer, 1)
        self.mix = convolution(outer, outer)

    def forward(self, below: Tensor, beside: Tensor) -> Tensor:
        grown = functional.interpolate(self.shrink(below), scale_factor=2.0, mode="nearest")
        return functional.relu(self.mix(functional.relu(grown + self.take(beside))))


class LineFinderNetwork(nn.Module):
    """N × 1 × H × W, 0 to 1 (black to white) → logits, N × 2 × H/2 × W/2: printed x-height bands, handwriting."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = convolution(1, 16, 5, 2)
        self.down4 = convolution(16, 32, 3, 2)
        self.at4 = Block(32)
        self.down8 = convolution(32, 48, 3, 2)
        self.at8 = nn.Sequential(Block(48), Block(48))
        self.down16 = convolution(48, 80, 3, 2)
        self.at16 = nn.Sequential(Block(80), Block(80, 2))
        self.down32 = convolution(80, 96, 3, 2)
        self.at32 = nn.Sequential(Block(96), Block(96, 2), Block(96))
        self.up16 = Upward(96, 80, 64)
        self.up8 = Upward(64, 48, 48)
        self.up4 = Upward(48, 32, 32)
        # Four values a mask for each place at 1/4: layers at 1/2 would cost as much time as all others together.
        self.head = nn.Conv2d(32, 2 * 4, 3, padding=1)
        nn.init.constant_(self.head.bias, -2.5)

    def forward(self, x: Tensor) -> Tensor:
        half = functional.relu(self.stem(1 - x))
        quarter = self.at4(functional.relu(self.down4(half)))
        eighth = self.at8(functional.relu(self.down8(quarter)))
        sixteenth = self.at16(functional.relu(self.down16(eighth)))
        lowest = self.at32(functional.relu(self.down32(sixteenth)))
        seen = self.up4(self.up8(self.up16(lowest, sixteenth), eighth), quarter)
        return functional.pixel_shuffle(self.head(seen), 2)


class Probabilities(nn.Module):
    """What is exported: probabilities in the place of logits."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, x: Tensor) -> Tensor:
        return torch.sigmoid(self.network(x))
