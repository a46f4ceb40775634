"""First pages of reports, drawn with a mark of secrecy in every usual form, or with none."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pikepdf

from samples.generator.compose import compose
from samples.generator.compose.inline import run
from samples.generator.facts import draw
from samples.generator.generate import SPLITS
from samples.generator.ink import ink, stamps
from samples.generator.ink.layers import press
from samples.generator.nouns import Composed, InkedPage, Split, Typeset
from samples.generator.scanning import PRESETS, Preset, pdf_of, scan, settle
from samples.generator.typeset import typeset
from samples.generator.wording.pools import load

DEGREES = ("mật", "tối mật", "mật", "tuyệt mật")
"""The commonest comes twice."""
FORMS = ("printed", "stamped", "spaced", "corner")
"""Set with the letterhead in a frame; pressed in red under the number; set with spaced letters; pressed at the top edge."""
_MM = 25.4


@dataclass(frozen=True)
class Drawn:
    """One file: its bytes, the kind of scan, and the mark it bears in which form; both empty on an unmarked page."""

    name: str
    pdf: bytes
    preset: str
    degree: str = ""
    form: str = ""


def marked(count: int, seed: int, split: Split = "dev") -> Iterator[Drawn]:
    """Draw ``count`` marked first pages; kinds of scan, degrees and forms take turns."""
    presets = list(PRESETS)
    for index in range(count):
        degree, form = DEGREES[index // len(FORMS) % len(DEGREES)], FORMS[index % len(FORMS)]
        preset = presets[(index + index // len(presets)) % len(presets)]
        pdf = _first_pages(split, seed, index, PRESETS[preset], degree, form, most=1)
        yield Drawn(f"marked-{index:03d}", pdf, preset, degree, form)


def unmarked(reports: int, pages: int, seed: int, split: Split = "dev") -> Iterator[Drawn]:
    """Draw the first ``pages`` pages of ``reports`` reports without any mark."""
    presets = list(PRESETS)
    for index in range(reports):
        preset = presets[index % len(presets)]
        pdf = _first_pages(split, seed, index, PRESETS[preset], "", "", most=pages)
        yield Drawn(f"unmarked-{index:03d}", pdf, preset)


def _first_pages(
    split: Split, seed: int, index: int, preset: Preset, degree: str, form: str, most: int
) -> bytes:
    def rng(stage: str) -> np.random.Generator:
        return np.random.default_rng([SPLITS.index(split), seed, index, zlib.crc32(stage.encode())])

    facts = replace(draw(split, seed, index), secrecy=degree if form in ("printed", "spaced") else "")
    composed = compose(facts, load(split), rng("compose"))
    if form == "spaced":
        composed = _spaced(composed, degree)
    laid = _cut(typeset(composed.text, rng("typeset")), most)
    preset = settle(preset, rng("settle"))
    # What the typesetter did not print, the registry stamps.
    stamped = replace(facts, secrecy=degree if form in ("printed", "stamped") else "")
    inked = ink(laid, stamped, preset.draw_dpi, rng("ink"), colour=preset.colour, backs=0.0)
    if form == "corner":
        inked[0] = _pressed_at_the_edge(inked[0], degree, preset.draw_dpi, rng("corner"))
    return pdf_of([scan(page, preset, rng(f"scan {n}"), n) for n, page in enumerate(inked, start=1)])


def _spaced(composed: Composed, degree: str) -> Composed:
    letters = "   ".join(" ".join(word) for word in degree.upper().split())
    head = replace(composed.text.letterhead, secrecy=run(letters, bold=True))
    return replace(composed, text=replace(composed.text, letterhead=head))


def _cut(laid: Typeset, most: int) -> Typeset:
    with pikepdf.open(io.BytesIO(laid.pdf)) as pdf:
        del pdf.pages[most:]
        data = io.BytesIO()
        pdf.save(data)
    return replace(laid, pdf=data.getvalue(), pages=laid.pages[:most])


def _pressed_at_the_edge(page: InkedPage, degree: str, dpi: int, rng: np.random.Generator) -> InkedPage:
    mask = stamps.boxed(degree.upper(), dpi, rng, float(rng.uniform(4, 6)))
    width = page.picture.shape[1]
    left = round(rng.uniform(0.06, 0.75) * (width - mask.shape[1]))
    press(page.picture, mask, left, round(rng.uniform(4, 9) / _MM * dpi), stamps.RED)
    return page
