"""How the headings of a report are numbered, and how a typist gets it wrong."""

from __future__ import annotations

from dataclasses import dataclass, field

from numpy.random import Generator

_ORDINALS = ("thứ nhất", "thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy")
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_ROMAN = (("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1))

STYLES: dict[str, tuple[str, ...]] = {
    "roman-arabic-alpha": ("I.", "1.", "a)", "-"),
    "arabic-decimal": ("1.", "1.1.", "1.1.1.", "a)"),
    "alpha-roman-arabic": ("A.", "I.", "1.", "a)"),
    "part-roman-arabic": ("Phần", "I.", "1.", "a)"),
    "roman-dash": ("I-", "1-", "a)", "-"),
    "roman-decimal": ("I.", "I.1.", "I.1.1.", "-"),
    "none": ("", "", "", ""),
}
"""The number printed before a heading by level; "roman-decimal" gives II.9."""


def roman(value: int) -> str:
    """Return a Roman numeral (1 to 39)."""
    text = ""
    for numeral, worth in _ROMAN:
        while value >= worth:
            text, value = text + numeral, value - worth
    return text


@dataclass
class Numbering:
    """Counts headings by level. ``slip_at`` is the heading (level, ordinal) that is misnumbered by ``slip_by``."""

    style: tuple[str, ...]
    slip_at: tuple[int, int] | None = None
    slip_by: int = 1
    counts: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    printed: list[str] = field(default_factory=list)
    """Numbers printed on the level of the slip, up to the next higher heading."""
    anomalies: list[str] = field(default_factory=list)
    _slipped: bool = False

    def next(self, level: int) -> tuple[str, str]:
        """Return the number of the next heading of a level (from 1) as recorded ("II.9") and as printed ("II.9.").

        The printed one is empty where headings bear no number; a bullet is no number.
        """
        at = level - 1
        self.counts[at] += 1
        self.counts[at + 1 :] = [0] * (len(self.counts) - level)
        if (
            self.slip_at == (level, self.counts[at])
            and not self._slipped
            and self.counts[at] + self.slip_by > 0
        ):
            self.counts[at] += self.slip_by
            self._slipped = True
            self.anomalies.append(self._complaint(level))
        form = self.style[at]
        if form in {"", "-"}:
            return "", form
        text = self._number(form, level)
        return text.rstrip(".)-"), text

    def _number(self, form: str, level: int) -> str:
        count = self.counts[level - 1]
        if form == "Phần":
            return f"Phần {_ORDINALS[min(count, len(_ORDINALS)) - 1]}"
        if form in {"1.1.", "1.1.1."}:
            return ".".join(map(str, self.counts[:level])) + "."
        if form in {"I.1.", "I.1.1."}:
            return ".".join([roman(self.counts[0]), *map(str, self.counts[1:level])]) + "."
        return self._numeral(form[0], count) + form[1:]

    @staticmethod
    def _numeral(kind: str, count: int) -> str:
        if kind == "I":
            return roman(count)
        if kind == "A":
            return "ABCDEGHIKLM"[min(count, 11) - 1]
        if kind == "a":
            return _LETTERS[min(count, len(_LETTERS)) - 1]
        return str(count)

    def _complaint(self, level: int) -> str:
        before = self.counts[level - 1] - self.slip_by - 1
        run = [*range(1, before + 1), self.counts[level - 1]]
        form = self.style[level - 1]
        kind = "I" if form.startswith("I") and level == 1 else form[:1]
        if form == "Phần" or "." in form.rstrip("."):
            kind = "1"
        what = "skips" if self.slip_by > 0 else "repeats"
        return f"numbering of level {level} {what} a number: " + ", ".join(
            self._numeral(kind, n) for n in run
        )


def draw_slip(rng: Generator) -> tuple[tuple[int, int] | None, int]:
    """Return where a typist misnumbers (about 7 % of documents) and by how much: 1 skips, -1 repeats a number."""
    if rng.random() >= 0.07:
        return None, 0
    level = 1 if rng.random() < 0.6 else 2
    return (level, int(rng.integers(2, 5))), 1 if rng.random() < 0.5 else -1
