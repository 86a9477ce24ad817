"""The trained network as ONNX, as the station reads with it: `python -m tools.training.line_reader.export MODEL ONNX`.

MODEL is a `line_reader.traineddata`; the one that is shipped lies beside this program. Each weight is kept as the int8
that it is there, with its row's scale, and is multiplied out when the file is loaded. Needs `onnx`.

Inputs are `page` (lines × 1 × rows × columns, with a border of one) and `steps` of each line; output is `signs` (steps
× lines × logarithms). Which sign is which stands in the file's metadata.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper, save

from station.scan.text.line_crop import SEEN_HEIGHT
from tools.training.line_reader import lstm_file, traineddata
from tools.training.line_reader.charset import Charset
from tools.training.line_reader.lstm_file import Weights, stepped

OPSET, IR_VERSION = 17, 8
POOL = 3
GATES = ("input", "output", "forget", "cell")
"""In the order that ONNX has."""


class Graph:
    """Nodes and constants, as they come."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def node(self, kind: str, inputs: list[str], outputs: list[str], **attributes: Any) -> str:
        """Gives the first output that has a name."""
        self.nodes.append(helper.make_node(kind, inputs, outputs, **attributes))
        return next(name for name in outputs if name)

    def constant(self, name: str, values: Any) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def weights(self, name: str, steps: Any, scale: Weights) -> str:
        """Whole numbers and what one is worth, multiplied out."""
        whole = self.node("Cast", [self.constant(f"{name}.steps", steps)], [f"{name}.whole"], to=TensorProto.FLOAT)
        return self.node("Mul", [whole, self.constant(f"{name}.scale", scale.astype(np.float32))], [name])

    def lstm(self, layer: str, matrices: dict[str, Weights], given: str, steps: str = "", **how: Any) -> str:
        """One layer; without `steps` only what it says at the end of the row."""
        gates = np.concatenate([matrices[f"{layer}.{gate}"] for gate in GATES])
        units = len(gates) // len(GATES)
        whole, scale = stepped(gates)
        inputs = gates.shape[1] - 1 - units
        bias = np.concatenate([whole[:, -1] * scale, np.zeros(len(gates))])
        outputs = [f"{layer}.all"] if steps else ["", f"{layer}.last"]
        found = self.node(
            "LSTM",
            [
                given,
                self.weights(f"{layer}.W", whole[None, :, :inputs], scale[None, :, None]),
                self.weights(f"{layer}.R", whole[None, :, inputs:-1], scale[None, :, None]),
                self.constant(f"{layer}.B", bias[None].astype(np.float32)),
                steps,
            ],
            outputs,
            hidden_size=units,
            **how,
        )
        return self.node("Squeeze", [found, "direction"], [f"{layer}.out"]) if steps else found


def from_file(file: Path) -> Any:
    components = traineddata.read(file)
    network = components[traineddata.LSTM]
    charset = Charset.of(components, lstm_file.Reading(network).null)
    signs = {code: sign for sign, code in charset.codes.items()}
    return exported(network, [signs[code] for code in range(charset.null)])


def exported(content: bytes, signs: list[str]) -> Any:
    """The model, from the network component of a file."""
    matrices = {name: matrix.weights for name, matrix in lstm_file.Reading(content).matrices.items()}
    first, down, along, back, last, output = dict.fromkeys(name.partition(".")[0] for name in matrices)
    graph = Graph()
    graph.constant("direction", np.array([1]))
    # Tesseract stacks the nine neighbours column by column.
    kernels = matrices[first][:, :-1].reshape(-1, 1, 3, 3).swapaxes(2, 3).astype(np.float32)
    seen = graph.node(
        "Conv",
        ["page", graph.constant("kernels", kernels), graph.constant("kernels.bias", _bias(matrices[first]))],
        ["convolved"],
    )
    seen = graph.node("Tanh", [seen], ["seen"])
    small = graph.node("MaxPool", [seen], ["small"], kernel_shape=[POOL, POOL], strides=[POOL, POOL])
    rows = graph.node("Transpose", [small], ["rows"], perm=[2, 0, 3, 1])  # rows × lines × steps × kernels
    every = graph.node(
        "Reshape", [rows, graph.constant("every", np.array([SEEN_HEIGHT // POOL, -1, len(kernels)]))], ["columns"]
    )
    column = graph.lstm(down, matrices, every)
    shape = graph.node("Shape", [rows], ["shape"], start=1, end=3)
    units = graph.constant("units", np.array([len(matrices[f"{down}.cell"])]))
    shape = graph.node("Concat", [shape, units], ["by_line"], axis=0)
    column = graph.node("Reshape", [column, shape], ["lines"])
    column = graph.node("Transpose", [column], ["steps_of_lines"], perm=[1, 0, 2])
    forth = graph.lstm(along, matrices, column, "steps")
    both = graph.lstm(back, matrices, forth, "steps", direction="reverse")
    told = graph.lstm(last, matrices, both, "steps")
    whole, scale = stepped(matrices[output])
    sums = graph.node("MatMul", [told, graph.weights("output", whole[:, :-1].T, scale[None])], ["products"])
    sums = graph.node("Add", [sums, graph.constant("output.bias", _bias(matrices[output]))], ["sums"])
    graph.node("LogSoftmax", [sums], ["signs"], axis=-1)
    return _model(graph, len(matrices[output]), signs)


def _bias(weights: Weights) -> Any:
    return weights[:, -1].astype(np.float32)


def _model(graph: Graph, count: int, signs: list[str]) -> Any:
    page = helper.make_tensor_value_info("page", TensorProto.FLOAT, ["lines", 1, SEEN_HEIGHT + 2, "columns"])
    steps = helper.make_tensor_value_info("steps", TensorProto.INT32, ["lines"])
    told = helper.make_tensor_value_info("signs", TensorProto.FLOAT, ["steps", "lines", count])
    body = helper.make_graph(graph.nodes, "line_reader", [page, steps], [told], graph.constants)
    model = helper.make_model(body, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION)
    helper.set_model_props(model, {"signs": "\n".join(signs)})
    checker.check_model(model)
    return model


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("onnx", type=Path)
    asked = parser.parse_args()
    save(from_file(asked.model), asked.onnx)


if __name__ == "__main__":
    main()
