"""The trained network as ONNX, for any image size: `python -m tools.training.line_finder.export CHECKPOINT ONNX`."""

from __future__ import annotations

import argparse
import copy
import warnings
from pathlib import Path

import torch
from torch import nn

from tools.training.line_finder.network import LineFinderNetwork, Probabilities

OPSET = 17


def export(network: nn.Module, file: Path) -> None:
    """Write `file` as a whole or not at all; input `page`, output `masks`."""
    plain = Probabilities(copy.deepcopy(network).to("cpu", memory_format=torch.contiguous_format).float()).eval()
    part = file.with_suffix(".part")
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # the tracing exporter is old, and the only one that needs no further package
        torch.onnx.export(
            plain, (torch.zeros(1, 1, 256, 320),), str(part), input_names=["page"], output_names=["masks"],
            dynamic_axes={"page": {2: "height", 3: "width"}, "masks": {2: "half_height", 3: "half_width"}},
            opset_version=OPSET, dynamo=False,
        )  # fmt: skip
    part.replace(file)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("onnx", type=Path)
    asked = parser.parse_args()
    network = LineFinderNetwork()
    network.load_state_dict(torch.load(asked.checkpoint, map_location="cpu", weights_only=True)["averaged"])
    export(network, asked.onnx)


if __name__ == "__main__":
    main()
