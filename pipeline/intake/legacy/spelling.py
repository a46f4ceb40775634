"""How Vietnamese syllables are spelt, strictly enough to tell text in the wrong encoding from Vietnamese."""

import unicodedata
from functools import lru_cache

import regex

_ONSET = r"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx])?"
_OPEN = r"(?:uya|uyu|iêu|yêu|oai|oay|oao|oeo|uây|uôi|ươi|ươu|uơ|ưa|ưi|ưu|ua|ui|ia|iu|oi|ôi|ơi|ai|ao|au|ay|âu|ây|eo|êu)"
_ANY = r"(?:uyê|oo|iê|yê|uô|ươ|oa|oă|oe|uâ|uê|uy|uă|[aăâeêioôơuưy])"
_SYLLABLE = regex.compile(rf"^{_ONSET}(?:{_OPEN}|{_ANY}(?:ch|ng|nh|[cmnpt])?)$")
_STOPPED = regex.compile(r"(?:ch|[cpt])$")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_OF_STOPPED = "\u0301\u0323"
"""A syllable that ends in a stop has sắc or nặng."""


@lru_cache(maxsize=20_000)
def is_spelt_right(word: str) -> bool:
    """Return whether ``word`` (NFC, any case) is a Vietnamese syllable with one tone at most, which it may bear.

    Stricter than :func:`pipeline.text.is_vietnamese_syllable`: ``caùc`` (VNI for các) and ``nhat`` fail.
    """
    apart = unicodedata.normalize("NFD", word.lower())
    tones = [character for character in apart if character in _TONES]
    plain = unicodedata.normalize("NFC", "".join(c for c in apart if c not in _TONES))
    if len(tones) > 1 or len(word) > 8 or not _SYLLABLE.match(plain):
        return False
    return not _STOPPED.search(plain) or (bool(tones) and tones[0] in _OF_STOPPED)


def right_share(words: list[str]) -> float:
    """Return the share of ``words`` that are spelt right; 0 without any."""
    return sum(map(is_spelt_right, words)) / len(words) if words else 0.0
