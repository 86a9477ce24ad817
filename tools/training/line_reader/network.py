"""Tesseract's Vietnamese network in PyTorch, weight for weight: fast to train in batches, and back in its own file.

The specification is [1,36,0,1Ct3,3,16Mp3,3Lfys64Lfx96Lrx96Lfx512O1c]; «fast» models have 48 and 192.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from tools.training.line_reader.lstm_file import GATES, Weights

POOL = 3
ORDER = (1, 2, 0, 3)
"""PyTorch's gates (input, forget, cell, output) as places in `GATES`."""


class LineReaderNetwork(nn.Module):
    """Steps of one line to the logarithm of each sign's probability."""

    def __init__(self, matrices: dict[str, Weights]) -> None:
        super().__init__()
        self.names = names = list(dict.fromkeys(name.partition(".")[0] for name in matrices))
        dense = matrices[names[0]].shape, matrices[names[-1]].shape
        shapes = [(matrices[f"{name}.cell"].shape) for name in names[1:-1]]
        self.convolution = nn.Linear(dense[0][1] - 1, dense[0][0])
        self.down, self.along, self.back, self.last = (
            nn.LSTM(columns - 1 - rows, rows, batch_first=True) for rows, columns in shapes
        )
        self.output = nn.Linear(dense[1][1] - 1, dense[1][0])
        self.load(matrices)

    def forward(self, pictures: Tensor, lengths: Tensor) -> Tensor:
        """`pictures` are lines × rows × columns, -1 black to 1 white, noise beyond a line's end; `lengths` are steps.

        Gives steps × lines × signs.
        """
        lines, rows, columns = pictures.shape
        steps = columns // POOL
        around = torch.rand(lines, rows + 2, columns + 2) * 2 - 1  # Tesseract sees noise beyond the border, too
        around[:, 1:-1, 1:-1] = pictures
        # Stacked column by column: Tesseract's order of the nine neighbours.
        stacked = around.unfold(1, 3, 1).unfold(2, 3, 1).transpose(3, 4).reshape(lines, rows, columns, 9)
        seen = torch.tanh(self.convolution(stacked)).permute(0, 3, 1, 2)
        small = functional.max_pool2d(seen, POOL)
        below = small.permute(0, 3, 2, 1).reshape(lines * steps, rows // POOL, -1)
        column = self.down(below)[0][:, -1].reshape(lines, steps, -1)
        forth = self.along(column)[0]
        turn = _turned(lengths, steps)[..., None]
        turned = forth.gather(1, turn.expand(-1, -1, forth.shape[-1]))
        back = self.back(turned)[0]
        straight = back.gather(1, turn.expand(-1, -1, back.shape[-1]))
        return functional.log_softmax(self.output(self.last(straight)[0]).float(), -1).transpose(0, 1)

    @torch.no_grad()
    def load(self, matrices: dict[str, Weights]) -> None:
        for layer, name in zip(self._dense(), (self.names[0], self.names[-1]), strict=True):
            weights = torch.from_numpy(np.ascontiguousarray(matrices[name], np.float32))
            layer.weight.copy_(weights[:, :-1])
            layer.bias.copy_(weights[:, -1])
        for cell, name in zip(self._cells(), self.names[1:-1], strict=True):
            gates = np.concatenate([matrices[f"{name}.{GATES[at]}"] for at in ORDER])
            weights = torch.from_numpy(gates.astype(np.float32))
            cell.weight_ih_l0.copy_(weights[:, : cell.input_size])
            cell.weight_hh_l0.copy_(weights[:, cell.input_size : -1])
            cell.bias_ih_l0.copy_(weights[:, -1])
            cell.bias_hh_l0.zero_()

    @torch.no_grad()
    def matrices(self) -> dict[str, Weights]:
        """The inverse of `load`."""
        found: dict[str, Weights] = {}
        first, last = (torch.cat([layer.weight, layer.bias[:, None]], 1).double().numpy() for layer in self._dense())
        found[self.names[0]] = first
        for cell, name in zip(self._cells(), self.names[1:-1], strict=True):
            bias = (cell.bias_ih_l0 + cell.bias_hh_l0)[:, None]
            gates = torch.cat([cell.weight_ih_l0, cell.weight_hh_l0, bias], 1).double().numpy()
            parts = dict(zip(ORDER, np.split(gates, len(GATES)), strict=True))
            found |= {f"{name}.{gate}": parts[at] for at, gate in enumerate(GATES)}
        return found | {self.names[-1]: last}

    def _dense(self) -> tuple[nn.Linear, nn.Linear]:
        return self.convolution, self.output

    def _cells(self) -> tuple[nn.LSTM, ...]:
        return self.down, self.along, self.back, self.last


def _turned(lengths: Tensor, steps: int) -> Tensor:
    """For each line the steps from its own end to its start; what lies beyond stays in place."""
    at = torch.arange(steps)[None]
    back = lengths[:, None] - 1 - at
    return torch.where(back >= 0, back, at)
