"""A checkpoint from the shipped weights: ``python -m models.reader.resume``, where the one they came from is gone.

What ships is 8 bits wide and has its normalisation folded in. Both are undone so that training goes on from
there: each normalisation is given the mean and variance that its input has on training lines, and the gain and bias that
undo them, so the network says the same as before, in training as in reading.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor, nn

from models.reader.export import WEIGHTS
from models.reader.lines import draw_examples
from models.reader.network import LineNetwork
from models.reader.train import new_checkpoint
from pipeline.reading.recognizer import LINE_HEIGHT, MODEL_FILE

_SEED = 6
_LINES = 96


def main() -> None:
    """Write ``last.pt`` unless there is one."""
    parser = argparse.ArgumentParser(description="Begin out/reader/last.pt with the shipped weights.")
    parser.add_argument("--out", type=Path, default=Path("out/reader"))
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    path = given.out / "last.pt"
    if path.exists():
        parser.error(f"{path} is there; training goes on from it")
    network = unfolded(onnx.load(WEIGHTS / MODEL_FILE), training_lines())
    torch.save(new_checkpoint(network), path)
    print(f"{path} begins with the shipped weights")


def training_lines() -> Tensor:
    """Return lines such as training sees, (count, 1, 40, width), 0..255, padded with white."""
    rng = np.random.default_rng(_SEED)
    lines: list[NDArray[np.uint8]] = []
    while len(lines) < _LINES:
        lines += [line.image for line in draw_examples(rng, (), 95)[:24]]
    laid = np.full((len(lines), 1, LINE_HEIGHT, max(line.shape[1] for line in lines)), 255, np.uint8)
    for row, line in enumerate(lines):
        laid[row, 0, :, : line.shape[1]] = line
    return torch.from_numpy(laid).float()


@torch.no_grad()
def unfolded(model: onnx.ModelProto, lines: Tensor) -> LineNetwork:
    """Return the network that ``model`` was exported from, as near as 8 bits allow; ``lines`` show what it sees."""
    network = LineNetwork()
    network.eval()
    blocks: list[nn.Sequential] = [*network.stem, *network.along]
    layers = list(_convolutions(model))
    for block, (weight, bias) in zip(blocks, layers[:-1], strict=True):
        block[0].weight.copy_(torch.from_numpy(weight))
        block[1].register_forward_pre_hook(_undo(torch.from_numpy(bias)))
    network.scores.weight.copy_(torch.from_numpy(layers[-1][0]))
    network.scores.bias.copy_(torch.from_numpy(layers[-1][1]))
    network(lines)
    for block in blocks:
        block[1]._forward_pre_hooks.clear()
    return network


def _undo(bias: Tensor) -> Any:
    """Return a hook that makes a normalisation add ``bias`` to its input and change nothing else."""

    def hook(normal: nn.BatchNorm2d, held: tuple[Tensor]) -> None:
        mean, variance = held[0].mean((0, 2, 3)), held[0].var((0, 2, 3), unbiased=False)
        normal.running_mean.copy_(mean)
        normal.running_var.copy_(variance)
        normal.weight.copy_(torch.sqrt(variance + normal.eps))
        normal.bias.copy_(bias + mean)

    return hook


def _convolutions(model: onnx.ModelProto) -> Iterator[tuple[NDArray[np.float32], NDArray[np.float32]]]:
    """Yield weight and bias of every convolution in order, as real numbers."""
    constants = {c.name: numpy_helper.to_array(c) for c in model.graph.initializer}
    makers = {node.output[0]: node for node in model.graph.node}

    def value(name: str) -> NDArray[np.float32]:
        if name in constants:
            return np.array(constants[name], np.float32)
        whole, scale, zero = (constants[part] for part in makers[name].input)
        along = (-1,) + (1,) * (whole.ndim - 1) if scale.ndim else ()
        real = (whole.astype(np.float32) - zero.reshape(along)) * scale.reshape(along)
        return np.asarray(real, np.float32)

    for node in model.graph.node:
        if node.op_type == "Conv":
            yield value(node.input[1]), value(node.input[2])


if __name__ == "__main__":
    main()
