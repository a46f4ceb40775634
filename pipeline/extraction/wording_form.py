"""Whether a wording is well formed, and what is wrong with it where it is not."""

from __future__ import annotations

from dataclasses import dataclass, field

import regex

from pipeline.text import fold

MAX_GAPS = 4
"""Wordings with more gaps fit nearly any sentence, and take long to find that out."""

MAX_LENGTH = 400
LEAST_LETTERS = 2

_TOKEN = regex.compile(r"\*|[()\[\]|]|[^\s()\[\]|*]+")
_CLOSES = {")": "(", "]": "["}


@dataclass
class _Group:
    """What stands in one pair of brackets: how few letters each alternative can do with."""

    bracket: str
    alternatives: list[int] = field(default_factory=lambda: [0])
    filled: list[bool] = field(default_factory=lambda: [False])

    def add(self, letters: int) -> None:
        self.alternatives[-1] += letters
        self.filled[-1] = True

    def split(self) -> None:
        self.alternatives.append(0)
        self.filled.append(False)


def fault_of(wording: str) -> str | None:
    """Return what is wrong with ``wording`` and how to mend it; None when it is well formed."""
    tokens = _TOKEN.findall(wording)
    if len(wording) > MAX_LENGTH:
        return f"the wording is longer than {MAX_LENGTH} characters; make several of it"
    open_groups = [_Group("")]
    for before, token in zip(["", *tokens], tokens, strict=False):
        if token in "([":
            open_groups.append(_Group(token))
        elif token in ")]":
            fault = _closed(open_groups, token, wording)
            if fault:
                return fault
        elif token == "|":
            if len(open_groups) == 1:
                return (
                    f"| stands outside of brackets in the wording {wording!r}; write (a|b), or two wordings"
                )
            open_groups[-1].split()
        elif token == "*":
            if before == "*":
                return f"two * in a row in the wording {wording!r}; one allows up to six words"
            open_groups[-1].filled[-1] = True
        else:
            open_groups[-1].add(sum(c.isalnum() for c in fold(token)))
    if len(open_groups) > 1:
        bracket = open_groups[-1].bracket
        return f"brackets do not match in the wording {wording!r}: {bracket} is never closed"
    if tokens and "*" in (tokens[0], tokens[-1]):
        return f"a * at an end of the wording {wording!r} says nothing; leave it out"
    if tokens.count("*") > MAX_GAPS:
        return f"more than {MAX_GAPS} gaps (*) in the wording {wording!r}; make it more definite"
    if open_groups[0].alternatives[0] < LEAST_LETTERS:
        return f"the wording {wording!r} can match anything; at least one word of it must not be optional"
    return None


def _closed(open_groups: list[_Group], token: str, wording: str) -> str | None:
    """Close the innermost group with ``token``, or return what is wrong with that."""
    if len(open_groups) == 1 or open_groups[-1].bracket != _CLOSES[token]:
        return f"brackets do not match in the wording {wording!r}: {token} closes nothing"
    group = open_groups.pop()
    if not all(group.filled):
        return f"an alternative is empty in the wording {wording!r}; optional words stand in [ ]"
    open_groups[-1].add(0 if group.bracket == "[" else min(group.alternatives))
    return None
