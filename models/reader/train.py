"""Train the line reader: ``python -m models.reader.train --minutes 120``; goes on from its last checkpoint."""

from __future__ import annotations

import argparse
import json
import math
import os
import time
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from models.reader.errors import Errors
from models.reader.heldout import LINES, HeldOut, load_held_out
from models.reader.network import LineNetwork, decode
from models.reader.stream import Batch, Pool
from models.reader.text import report_lines

SEED = 2026
_PEAK_RATE = 2.5e-3
_WARM_UP = 0.03
"""Share of the time in which the learning rate rises."""
_SHORT_LINES = ((0.02, 10), (0.05, 24), (0.09, 48))
"""(share of the time, letters): lines are this short until then; CTC finds its alignment on short ones first."""
_LONGEST = 95
_CALM = 0.9985
"""Decay of the running mean of the weights, which is what ships."""


@dataclass(frozen=True)
class Plan:
    """How long and how large: ``pixels`` columns a batch, ``lines`` in the pool, ``minutes`` in all."""

    minutes: float
    pixels: int
    lines: int
    workers: int
    reports: int
    check_every: float
    """Minutes."""
    held_out: int = LINES
    """Lines of each preset to check on."""


class Trainer:
    """A network, its running mean, optimiser and spent time; saved and restored as one."""

    def __init__(self, plan: Plan, device: torch.device) -> None:
        torch.manual_seed(SEED)
        self.plan = plan
        self.device = device
        self.network = LineNetwork().to(device, memory_format=torch.channels_last)
        self.mean = deepcopy(self.network).eval()
        self.optimiser = torch.optim.AdamW(self.network.parameters(), lr=_PEAK_RATE, weight_decay=0.02)
        self.spent = 0.0
        self.step = 0
        self.seen = 0
        self.can_align = False
        """Whether the network could read before this training began, so that it needs no short lines first."""

    @property
    def progress(self) -> float:
        """Share of the planned time that is spent, 0..1."""
        return min(1.0, self.spent / (60 * self.plan.minutes))

    def learn(self, batch: Batch) -> float:
        """Take one step; return the loss a letter."""
        for group in self.optimiser.param_groups:
            group["lr"] = _PEAK_RATE * _rate(self.progress)
        images = torch.from_numpy(batch.images)[:, None].to(self.device).float()
        images = images.contiguous(memory_format=torch.channels_last)
        self.network.train()
        with torch.autocast(self.device.type, torch.bfloat16):
            scores = self.network(images)
        loss = _ctc(scores, batch, self.device)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), 2.0)
        self.optimiser.step()
        self.step += 1
        self.seen += len(batch.images)
        self._calm()
        return float(loss.detach())

    @torch.no_grad()
    def _calm(self) -> None:
        keep = min(_CALM, self.step / (self.step + 30))
        for mean, new in zip(
            self.mean.state_dict().values(), self.network.state_dict().values(), strict=True
        ):
            if mean.dtype.is_floating_point:
                mean.lerp_(new, 1 - keep)
            else:
                mean.copy_(new)

    def save(self, path: Path) -> None:
        """Write all that going on needs, whole or not at all."""
        part = path.with_suffix(".part")
        state: dict[str, Any] = {
            "network": self.network.state_dict(),
            "mean": self.mean.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "spent": self.spent,
            "step": self.step,
            "seen": self.seen,
            "can_align": self.can_align,
        }
        torch.save(state, part)
        part.replace(path)

    def restore(self, path: Path) -> None:
        """Go on from what :meth:`save` wrote."""
        state = torch.load(path, map_location=self.device, weights_only=True)
        self.network.load_state_dict(state["network"])
        self.mean.load_state_dict(state["mean"])
        if state["optimiser"]:
            self.optimiser.load_state_dict(state["optimiser"])
        self.spent, self.step, self.seen = state["spent"], state["step"], state["seen"]
        self.can_align = state["can_align"]

    @property
    def longest(self) -> int:
        """Letters that lines may have by now."""
        if self.can_align:
            return _LONGEST
        return next((letters for until, letters in _SHORT_LINES if self.progress < until), _LONGEST)


def new_checkpoint(network: LineNetwork) -> dict[str, Any]:
    """Return the state from which :meth:`Trainer.restore` trains ``network`` anew, all planned time before it."""
    weights = network.state_dict()
    return {
        "network": weights,
        "mean": weights,
        "optimiser": {},
        "spent": 0.0,
        "step": 0,
        "seen": 0,
        "can_align": True,
    }


def _rate(progress: float) -> float:
    """Return the learning rate as a share of its peak: up, then down along a cosine."""
    if progress < _WARM_UP:
        return 0.05 + 0.95 * progress / _WARM_UP
    return 0.004 + 0.996 * 0.5 * (1 + math.cos(math.pi * (progress - _WARM_UP) / (1 - _WARM_UP)))


def _ctc(scores: Tensor, batch: Batch, device: torch.device) -> Tensor:
    chances = scores.float().log_softmax(1).permute(2, 0, 1)
    lengths = torch.from_numpy(batch.label_lengths)
    loss = nn.functional.ctc_loss(
        chances,
        torch.from_numpy(batch.labels).to(device),
        torch.from_numpy(batch.step_lengths),
        lengths,
        reduction="sum",
        zero_infinity=True,
    )
    return loss / float(lengths.sum())


@torch.no_grad()
def check(network: nn.Module, held_out: HeldOut, device: torch.device) -> dict[str, Errors]:
    """Return the errors on the held-out lines by preset."""
    network.eval()
    found: dict[str, Errors] = {}
    for images, texts, preset in held_out.batches():
        pixels = torch.from_numpy(images)[:, None].to(device).float()
        with torch.autocast(device.type, torch.bfloat16):
            scores = network(pixels.contiguous(memory_format=torch.channels_last))
        for printed, read in zip(texts, decode(scores.float()), strict=True):
            found.setdefault(preset, Errors()).add(printed, read)
    return found


def train(plan: Plan, out: Path) -> None:
    """Train until the planned time is spent, writing ``last.pt`` and a line of ``curve.jsonl`` at every check."""
    out.mkdir(parents=True, exist_ok=True)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    if device.type == "cpu":
        torch.set_num_threads(max(1, (os.cpu_count() or 2) - plan.workers))
    trainer = Trainer(plan, device)
    if (out / "last.pt").exists():
        trainer.restore(out / "last.pt")
    held_out = load_held_out(out / "heldout.npz", plan.held_out)
    rng = np.random.default_rng([SEED, 1, trainer.step])
    # A stream that starts anew after a stop must not draw the same lines again.
    seed = SEED + trainer.step
    reports = _reports(out / "reports.txt", plan.reports)
    pool = Pool(reports, plan.lines, plan.workers, seed, trainer.longest)
    try:
        since = time.monotonic()
        if trainer.step == 0:
            _report(trainer, held_out, 0, math.inf, out)
        next_check = trainer.spent + 60 * plan.check_every
        while trainer.progress < 1:
            pool.let_lines_grow(trainer.longest)
            pool.refresh(least=min(1000, plan.lines))
            losses = []
            for batch in pool.batches(rng, 16, plan.pixels):
                losses.append(trainer.learn(batch))
                now = time.monotonic()
                trainer.spent += now - since
                since = now
                if trainer.spent >= next_check or trainer.progress >= 1:
                    break
            if trainer.spent >= next_check or trainer.progress >= 1:
                _report(trainer, held_out, pool.drawn, float(np.mean(losses)), out)
                trainer.save(out / "last.pt")
                next_check = trainer.spent + 60 * plan.check_every
    finally:
        pool.close()


def _reports(path: Path, count: int) -> list[str]:
    """Return the lines of reports that training lines quote, composed once and kept at ``path``."""
    if not path.exists():
        path.write_text("\n".join(report_lines("train", count)), "utf-8")
    return path.read_text("utf-8").split("\n")


def _report(trainer: Trainer, held_out: HeldOut, drawn: int, loss: float, out: Path) -> None:
    found = check(trainer.mean, held_out, trainer.device)
    whole = Errors()
    for errors in found.values():
        whole.merge(errors)
    row = {
        "minutes": round(trainer.spent / 60, 2),
        "step": trainer.step,
        "lines_seen": trainer.seen,
        "lines_drawn": drawn,
        "loss": round(loss, 5) if math.isfinite(loss) else None,
        "cer": round(whole.rate, 5),
        "by_preset": {name: round(errors.rate, 5) for name, errors in found.items()},
        "by_kind": {name: round(rate, 4) for name, rate in whole.by_kind().items()},
        "worst": [f"{letter} {share:.2f}" for letter, share, _ in whole.worst(12)],
    }
    with (out / "curve.jsonl").open("a", encoding="utf-8") as curve:
        curve.write(json.dumps(row, ensure_ascii=False) + "\n")
    print(json.dumps(row, ensure_ascii=False), flush=True)


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(description="Train the line reader; goes on from out/reader/last.pt.")
    parser.add_argument("--out", type=Path, default=Path("out/reader"))
    parser.add_argument(
        "--minutes", type=float, default=120, help="of training in all, with what was trained before"
    )
    parser.add_argument(
        "--workers", type=int, default=max(1, min(12, (os.cpu_count() or 2) // 2)), help="that draw lines"
    )
    parser.add_argument("--pool", type=int, default=40_000, help="lines kept for batches")
    parser.add_argument("--pixels", type=int, default=20_000, help="columns of lines in a batch")
    parser.add_argument("--reports", type=int, default=400, help="generated reports that lines quote")
    parser.add_argument("--check-every", type=float, default=5, help="minutes between checkpoints")
    given = parser.parse_args()
    train(
        Plan(given.minutes, given.pixels, given.pool, given.workers, given.reports, given.check_every),
        given.out,
    )


if __name__ == "__main__":
    main()
