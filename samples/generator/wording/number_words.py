"""Numbers in Vietnamese words."""

from __future__ import annotations

from samples.generator.wording.habits import PLAIN, Habits

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_BILLION = 1_000_000_000


def spell(number: int, habits: Habits = PLAIN) -> str:
    """Return ``number`` (0 or more) in words: 1 221 is "một nghìn hai trăm hai mươi mốt"."""
    if number < 0:
        raise ValueError(f"{number} is below 0; only counts are spelt")
    if number == 0:
        return _DIGITS[0]
    return " ".join(_words(number, habits, leading=True))


def _words(number: int, habits: Habits, *, leading: bool) -> list[str]:
    if number >= _BILLION:
        above, below = divmod(number, _BILLION)
        rest = _words(below, habits, leading=False) if below else []
        return [*_words(above, habits, leading=leading), habits.billion, *rest]
    words: list[str] = []
    for scale, name in ((1_000_000, "triệu"), (1_000, habits.thousand), (1, "")):
        group = number // scale % 1000
        if group:
            words += _group(group, habits, leading=leading and not words)
            words += [name] if name else []
    return words


def _group(group: int, habits: Habits, *, leading: bool) -> list[str]:
    """Return three digits in words; within a number the hundreds are named even if there are none."""
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    words = [_DIGITS[hundreds], "trăm"] if hundreds or not leading else []
    if tens == 0:
        if ones:
            words += [habits.odd] if words else []
            words.append(_DIGITS[ones])
        return words
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if ones == 5:
        words.append("lăm")
    elif ones == 1 and tens > 1:
        words.append("mốt")
    elif ones == 4 and tens > 1:
        words.append(habits.four)
    elif ones:
        words.append(_DIGITS[ones])
    return words
