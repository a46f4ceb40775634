"""The network: a small picture stem that halves and folds the height away, then dilated convolutions along the line."""

from __future__ import annotations

from torch import Tensor, nn

from models.reader.alphabet import ALPHABET

STEP = 4
"""Px of the line image a step of the output."""
_STEM = (16, 48, 96)
_WIDTH = 192
_DILATIONS = (1, 2, 4, 1, 2, 8, 1, 1)


class LineNetwork(nn.Module):
    """Grey lines (batch, 1, 40, width), 0..255, dark on light, to scores (batch, letters + 1, steps); 0 is the blank.

    Dense convolutions along the line, not depthwise ones: they cost more multiplications, but a processor does those in
    full registers, in training (bfloat16) as in reading (int8), where depthwise ones wait for memory.
    """

    def __init__(self, width: int = _WIDTH, dilations: tuple[int, ...] = _DILATIONS) -> None:
        super().__init__()
        first, second, third = _STEM
        self.stem = nn.Sequential(
            _block(1, first, 3, (2, 2), 1),
            _block(first, second, 3, (2, 2), 1),
            _block(second, third, 3, (2, 1), 1),
            _block(third, width, (5, 1), (1, 1), 0),
        )
        self.along = nn.ModuleList(
            _block(width, width, (1, 3), (1, 1), (0, dilation), dilation) for dilation in dilations
        )
        self.scores = nn.Conv2d(width, len(ALPHABET) + 1, 1)

    def forward(self, lines: Tensor) -> Tensor:
        """Return the scores before softmax."""
        held = self.stem(1 - lines / 255)
        for block in self.along:
            held = held + block(held)
        return self.scores(held).squeeze(2)


def _block(
    before: int, after: int, kernel: int | tuple[int, int], stride: tuple[int, int], padding: int | tuple[int, int],
    dilation: int = 1,
) -> nn.Sequential:  # fmt: skip
    return nn.Sequential(
        nn.Conv2d(before, after, kernel, stride, padding, (1, dilation), bias=False),
        nn.BatchNorm2d(after),
        nn.ReLU(inplace=True),
    )


def decode(scores: Tensor) -> list[str]:
    """Return the best text of each line of ``scores`` (batch, letters + 1, steps), without spaces at its ends."""
    texts = []
    for line in scores.argmax(1).tolist():
        letters = []
        last = 0
        for number in line:
            if number not in (0, last):
                letters.append(ALPHABET[number - 1])
            last = number
        texts.append("".join(letters).strip())
    return texts
