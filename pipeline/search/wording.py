"""Words as the search compares them, and what a person types as a question to the index."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import regex

from pipeline.errors import UsageError
from pipeline.text import fold, nfc

LONGEST_QUERY = 400
MOST_TERMS = 24

_WORD = regex.compile(r"[\p{L}\p{N}\p{M}]+")
_TERM = regex.compile(r'(?P<no>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_TONES = {"\u0300": "1", "\u0301": "2", "\u0303": "3", "\u0309": "4", "\u0323": "5"}


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a printed text: where it stands, and its form for comparison."""

    start: int
    end: int
    form: str


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must follow one another; ``prefix``: the last one may go on; ``excluded``: they must not occur."""

    words: tuple[str, ...]
    prefix: bool = False
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for; ``marks`` says whether tones and marks count."""

    terms: tuple[Term, ...]
    marks: bool

    @property
    def wanted(self) -> tuple[Term, ...]:
        """The terms that must occur."""
        return tuple(term for term in self.terms if not term.excluded)

    def match(self, *, some: bool = False) -> str:
        """Return the question in the language of SQLite's FTS5: every word quoted, so that none is an operator.

        ``some``: one of the terms is enough.
        """
        wanted = (" OR " if some else " AND ").join(_quoted(term) for term in self.wanted)
        unwanted = "".join(f" NOT {_quoted(term)}" for term in self.terms if term.excluded)
        return f"({wanted}){unwanted}"


@lru_cache(maxsize=1 << 17)
def form_of(word: str, marks: bool) -> str:
    """Return ``word`` as it is compared: without case; with ``marks``, its tone as a number behind it.

    Where the tone stands in the word makes no difference (hoà, hòa), nor does i for y in kì, lí, mĩ, quí, tỉ.
    """
    plain = fold(nfc(word))
    if not marks:
        return plain
    letters, tone = "", ""
    for character in unicodedata.normalize("NFD", nfc(word).lower()):
        if character in _TONES:
            tone = _TONES[character]
        else:
            letters += character
    letters = unicodedata.normalize("NFC", letters)
    if letters.endswith("i") and plain.endswith("y"):
        letters = letters[:-1] + "y"
    # A zero before the tone keeps "hoa1" and "hoà" apart from most words with digits.
    return letters + (f"0{tone}" if tone else "")


def tokens(text: str, marks: bool) -> list[Token]:
    """Return the words of NFC ``text`` in order."""
    return [
        Token(found.start(), found.end(), form_of(found.group(), marks)) for found in _WORD.finditer(text)
    ]


def words_of(text: str) -> list[str]:
    """Return the words of ``text`` as printed."""
    return _WORD.findall(text)


def parse(text: str, marks: bool | None = None) -> Query:
    """Return what ``text`` asks for. Raises UsageError when it names no word.

    Words must all occur, in any order; "in quotation marks" side by side; beginn* with any ending; -not at all. Without
    ``marks`` being said, they count when the query has any.
    """
    text = nfc(text[:LONGEST_QUERY])
    counted = not text.isascii() if marks is None else marks
    terms = []
    for found in _TERM.finditer(text):
        part = found["phrase"] if found["phrase"] is not None else found["word"]
        words = tuple(form_of(word, counted) for word in _WORD.findall(part))
        if words:
            terms.append(Term(words, part.endswith("*"), found["no"] is not None))
    terms = terms[:MOST_TERMS]
    if not any(not term.excluded for term in terms):
        raise UsageError(
            'say what to search for: words, "words side by side", a beginning with a star (đối ngo*).'
        )
    return Query(tuple(terms), counted)


def places(found: list[Token], term: Term) -> list[range]:
    """Return where ``term`` occurs among the tokens ``found``, as ranges of their numbers."""
    size = len(term.words)
    return [
        range(at, at + size)
        for at in range(len(found) - size + 1)
        if all(
            _same(found[at + n].form, word, term.prefix and n == size - 1)
            for n, word in enumerate(term.words)
        )
    ]


def _same(form: str, word: str, prefix: bool) -> bool:
    return form.startswith(word) if prefix else form == word


def _quoted(term: Term) -> str:
    return '"' + " ".join(term.words) + '"' + (" *" if term.prefix else "")
