"""What stamps of secrecy and urgency say, and how a reader misreads it."""

import regex

from pipeline.text import fold

WORDS = ("MẬT", "TỐI MẬT", "TUYỆT MẬT", "KHẨN", "THƯỢNG KHẨN", "HỎA TỐC", "HỎA TỐC HẸN GIỜ")
"""What stamps of zone 10 say (Decree 30/2020/NĐ-CP, Appendix I; Circular 24/2020/TT-BCA)."""


def known_words(text: str) -> tuple[str, float]:
    """Return the word of a stamp that ``text`` is a reading of, and how sure that is: 1, 0.7 with a slip, 0 for none.

    Marks on letters do not count, nor do letters by themselves, which are strokes of the frame, nor doubled ones. ``MẬT``
    is too short for a slip in a word that may be anything; :func:`clipped` knows it where ink is known for a stamp.
    """
    read = _key(" ".join(part for part in text.split() if sum(c.isalnum() for c in part) > 1)).strip(_STROKES)
    if read in _BY_KEY:
        return _BY_KEY[read], 1.0
    for word, slip in _SLIPS:
        if slip.fullmatch(read):
            return word, 0.7
    return "", 0.0


def is_stamp_word(text: str) -> bool:
    """Return whether ``text`` is a stamp's word for certain, in capitals."""
    return text.isupper() and len(text) <= _LONGEST and known_words(text)[1] == 1.0


def clipped(text: str) -> bool:
    """Return whether ``text`` is ``MẬT`` with a letter misread."""
    key = _key(text)
    return key not in _FORM and _CLIPPED.fullmatch(key) is not None


def may_be_stamp(text: str) -> bool:
    """Return whether a word that was read may be a longer one of a stamp's, or MẬT, with a letter misread."""
    key = _key(text)
    return not text.islower() and (
        clipped(text) or "mat" in key or any(len(part) > 3 and slip.fullmatch(key) for part, slip in _PARTS)
    )


def _key(text: str) -> str:
    """Return the folded letters and digits of ``text``, each once where it is doubled."""
    return regex.sub(r"(.)\1+", r"\1", "".join(c for c in fold(text) if c.isalnum()))


def like_stamp(text: str) -> bool:
    """Return whether a word that was read may be one of a stamp's, or a piece of it."""
    key = _key(text)
    short = len(key) < 3 and key.isalpha()
    return short or any(part in key or slip.fullmatch(key) for part, slip in _PARTS)


_STROKES = "il1"
"""What the reader takes the sides of a frame for; no word of a stamp begins or ends so."""
_LONGEST = 2 * max(map(len, WORDS))
_BY_KEY = {_key(word): word for word in WORDS}
_SLIPS = tuple(
    (word, regex.compile(f"(?:{key}){{e<={1 if len(key) < 7 else 2}}}"))
    for key, word in sorted(_BY_KEY.items(), key=lambda pair: -len(pair[0]))
    if len(key) > 3
)
_PARTS = tuple(
    (key, regex.compile(f"(?:{key}){{e<=1}}"))
    for key in {_key(part): None for word in WORDS for part in word.split()}
)
_FORM = {"mau"}
"""MẪU is framed on many a form."""
_CLIPPED = regex.compile(r"ma\w?|\wat|m\w{1,2}t|mat\w")
