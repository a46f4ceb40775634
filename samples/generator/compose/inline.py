"""Runs of letters: joining, marking and dressing them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from samples.generator.nouns import Inline, Run


def run(text: str, *marks: int, bold: bool = False, italic: bool = False, underline: bool = False) -> Inline:
    """Return one run with the marks."""
    return (Run(text, marks, bold, italic, underline),) if text else ()


def text_of(runs: Inline) -> str:
    """Return the letters of the runs, handwritten ones too."""
    return "".join(part.text for part in runs)


def marked(runs: Inline, mark: int) -> Inline:
    """Return the runs bearing one mark more."""
    return tuple(replace(part, marks=(*part.marks, mark)) for part in runs)


def styled(runs: Inline, bold: bool = False, italic: bool = False, underline: bool = False) -> Inline:
    """Return the runs with the styles added."""
    return tuple(
        replace(
            part,
            bold=part.bold or bold,
            italic=part.italic or italic,
            underline=part.underline or underline,
        )
        for part in runs
    )


def upper(runs: Inline) -> Inline:
    """Return the runs in capitals."""
    return tuple(replace(part, text=part.text.upper()) for part in runs)


def capital(runs: Inline) -> Inline:
    """Return the runs with a capital first letter."""
    for at, part in enumerate(runs):
        if part.text.strip():
            text = part.text
            place = len(text) - len(text.lstrip(' ("“'))
            return (
                *runs[:at],
                replace(part, text=text[:place] + text[place : place + 1].upper() + text[place + 1 :]),
                *runs[at + 1 :],
            )
    return runs


def joined(parts: Iterable[Inline], between: str = " ") -> Inline:
    """Return the parts as one line."""
    runs: list[Run] = []
    for part in parts:
        if runs and part:
            runs.append(Run(between))
        runs.extend(part)
    return tuple(runs)


def stripped(runs: Inline, letters: str = " .;,:") -> Inline:
    """Return the runs without the letters at their end."""
    kept = list(runs)
    while kept:
        short = kept[-1].text.rstrip(letters)
        if short:
            kept[-1] = replace(kept[-1], text=short)
            break
        kept.pop()
    return tuple(kept)


def composed(text: str) -> str:
    """Return the text in NFC."""
    return unicodedata.normalize("NFC", text)


def cut(runs: Inline, offset: int) -> tuple[Inline, Inline]:
    """Return the runs before and after an offset in letters; spaces at the cut are dropped."""
    before: list[Run] = []
    after: list[Run] = []
    left = offset
    for part in runs:
        size = len(part.text)
        if left >= size:
            before.append(part)
        elif left <= 0:
            after.append(part)
        else:
            before.append(replace(part, text=part.text[:left]))
            after.append(replace(part, text=part.text[left:]))
        left -= size
    head, tail = stripped(tuple(before), " "), tuple(after)
    while tail and not tail[0].text.strip():
        tail = tail[1:]
    if tail:
        tail = (replace(tail[0], text=tail[0].text.lstrip()), *tail[1:])
    return head, tail
