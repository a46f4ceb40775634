"""From a checkpoint to the shipped file: ``python -m models.reader.export``; folds, quantises, compares, writes."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import (
    CalibrationDataReader,
    CalibrationMethod,
    QuantFormat,
    QuantType,
    quantize_static,
)
from torch import nn

from models.reader.alphabet import ALPHABET
from models.reader.errors import Errors, count
from models.reader.heldout import HeldOut, load_held_out
from models.reader.network import STEP, LineNetwork
from models.reader.stream import SEED_OF_CALIBRATION, calibration_lines
from pipeline.reading.recognizer import LINE_HEIGHT, MODEL_FILE, LineRecognizer

WEIGHTS = Path(__file__).parent / "weights"
OPSET = 17
_MOST_COST, _NOISE = 1.05, 2e-4
"""8 bits may raise the error by this factor, and by what is chance on so few lines."""


class _Graph:
    """An ONNX graph that grows node by node."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, value: NDArray[Any]) -> str:
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(value, name))
        return name

    def node(self, kind: str, *inputs: str, **attributes: Any) -> str:
        name = f"{kind.lower()}{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], name, **attributes))
        return name

    def block(self, block: nn.Sequential, before: str) -> str:
        """Add convolution, normalisation (folded into it) and ReLU."""
        convolution, normal = block[0], block[1]
        gain = normal.weight / torch.sqrt(normal.running_var + normal.eps)
        weight = convolution.weight * gain[:, None, None, None]
        bias = normal.bias - normal.running_mean * gain
        return self.node("Relu", self.convolution(convolution, before, weight, bias))

    def convolution(self, layer: nn.Conv2d, before: str, weight: torch.Tensor, bias: torch.Tensor) -> str:
        down, across = layer.padding
        return self.node(
            "Conv", before, self.constant(weight.detach().numpy()), self.constant(bias.detach().numpy()),
            kernel_shape=list(layer.kernel_size), strides=list(layer.stride), dilations=list(layer.dilation),
            pads=[down, across, down, across],
        )  # fmt: skip


def to_onnx(network: LineNetwork) -> onnx.ModelProto:
    """Return ``network`` as ONNX: ``lines`` (n, 1, 40, width) uint8 to ``chances`` (n, steps, letters + 1)."""
    graph = _Graph()
    held = graph.node("Cast", "lines", to=TensorProto.FLOAT)
    held = graph.node("Mul", held, graph.constant(np.array(-1 / 255, np.float32)))
    held = graph.node("Add", held, graph.constant(np.array(1, np.float32)))
    for block in network.stem:
        held = graph.block(block, held)
    for block in network.along:
        held = graph.node("Add", held, graph.block(block, held))
    held = graph.convolution(network.scores, held, network.scores.weight, network.scores.bias)
    held = graph.node("Squeeze", held, graph.constant(np.array([2])))
    held = graph.node("Transpose", held, perm=[0, 2, 1])
    graph.nodes.append(helper.make_node("Softmax", [held], ["chances"], "softmax", axis=2))
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "reader",
            [helper.make_tensor_value_info("lines", TensorProto.UINT8, ["n", 1, LINE_HEIGHT, "width"])],
            [helper.make_tensor_value_info("chances", TensorProto.FLOAT, ["n", "steps", len(ALPHABET) + 1])],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", OPSET)],
        producer_name="sohoa",
        ir_version=9,
    )
    helper.set_model_props(model, {"alphabet": ALPHABET, "step": str(STEP)})
    onnx.checker.check_model(model, full_check=True)
    return model


class _Calibration(CalibrationDataReader):
    """Gives held-back training lines one by one."""

    def __init__(self, lines: Iterator[NDArray[np.uint8]]) -> None:
        self._lines = lines

    def get_next(self) -> dict[str, NDArray[np.uint8]] | None:
        line = next(self._lines, None)
        return None if line is None else {"lines": line[None, None]}


def quantise(full: Path, small: Path, lines: list[NDArray[np.uint8]]) -> None:
    """Write ``full`` with weights and activations of its convolutions in 8 bits, ranges taken from ``lines``.

    The last one, whose scores decide, stays as it is. Weights use 7 of the 8 bits: processors without the newer
    instructions add two products in 16 bits, which full ones overflow (measured: it costs nothing).
    """
    model = onnx.load(full)
    last = [node.name for node in model.graph.node if node.op_type == "Conv"][-1]
    quantize_static(
        full, small, _Calibration(iter(lines)), quant_format=QuantFormat.QDQ, per_channel=True,
        activation_type=QuantType.QUInt8, weight_type=QuantType.QInt8, reduce_range=True, nodes_to_exclude=[last],
        calibrate_method=CalibrationMethod.MinMax,
    )  # fmt: skip
    written = onnx.load(small)
    helper.set_model_props(written, {"alphabet": ALPHABET, "step": str(STEP)})
    onnx.save(written, small)


def errors_of(model: Path, held_out: HeldOut) -> Errors:
    """Return the errors of the file ``model`` on the held-out lines."""
    read = LineRecognizer(model).read(held_out.images)
    return count(zip(held_out.texts, (line.text for line in read), strict=True))


def export(out: Path, into: Path) -> float:
    """Write full.onnx and small.onnx (8 bits) beside the checkpoint in ``out``, and the one that ships to ``into``.

    It is the small one unless that costs accuracy. Returns its character error rate on the held-out lines, 0..
    """
    network = LineNetwork()
    network.load_state_dict(torch.load(out / "last.pt", map_location="cpu", weights_only=True)["mean"])
    network.eval()
    full, small = out / "full.onnx", out / "small.onnx"
    onnx.save(to_onnx(network), full)
    quantise(full, small, calibration_lines(SEED_OF_CALIBRATION))
    held_out = load_held_out(out / "heldout.npz")
    rates = {path: errors_of(path, held_out).rate for path in (full, small)}
    chosen = small if rates[small] <= _MOST_COST * rates[full] + _NOISE else full
    into.mkdir(parents=True, exist_ok=True)
    (into / MODEL_FILE).write_bytes(chosen.read_bytes())
    for path, rate in rates.items():
        size = path.stat().st_size / 1e6
        print(f"{path.name}: {size:.2f} MB, {100 * rate:.3f} % of the held-out characters wrong")
    print(f"{chosen.name} is now {into / MODEL_FILE}")
    return rates[chosen]


def main() -> None:
    """Export what ``python -m models.reader.train`` left."""
    parser = argparse.ArgumentParser(description="Write the shipped weights from out/reader/last.pt.")
    parser.add_argument("--out", type=Path, default=Path("out/reader"))
    parser.add_argument("--into", type=Path, default=WEIGHTS)
    given = parser.parse_args()
    export(given.out, given.into)


if __name__ == "__main__":
    main()
