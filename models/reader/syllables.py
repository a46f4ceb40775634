"""All syllables that Vietnamese spelling allows: onset x rhyme x tone, whether or not a word has them."""

from __future__ import annotations

from functools import cache

import numpy as np

from models.reader.alphabet import STACKED, TONES, VOWELS, toned

_ONSETS = ("", *"b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split())
_RHYMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot
ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ up ut uy uya uych uyên uyêt uynh uyt uyu uôc uôi uôm uôn uông uôt
ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt yêu
""".split()
_FRONT = "iêey"
_STOPS = ("c", "ch", "p", "t")
_SHARP, _HEAVY = "\u0301", "\u0323"


@cache
def syllables() -> tuple[str, ...]:
    """Return every legal syllable once, lower case, NFC, the tone of oa, oe, uy placed both ways."""
    found: dict[str, None] = {}
    for onset in _ONSETS:
        for rhyme in _RHYMES:
            if not _fits(onset, rhyme):
                continue
            stop = rhyme.lstrip(VOWELS) in _STOPS
            for tone in TONES:
                if stop and tone not in (_SHARP, _HEAVY):
                    continue
                for at in _places(onset, rhyme):
                    letter = toned(rhyme[at], tone)
                    found[onset + rhyme[:at] + letter + rhyme[at + 1 :]] = None
    return tuple(found)


@cache
def _by_letter() -> dict[str, tuple[str, ...]]:
    index: dict[str, list[str]] = {}
    for syllable in syllables():
        for letter in set(syllable):
            index.setdefault(letter, []).append(syllable)
    return {letter: tuple(found) for letter, found in index.items()}


def draw_syllable(rng: np.random.Generator) -> str:
    """Return a syllable: any, or one with a letter drawn evenly, so that none is rare.

    Letters with a tone over another mark are drawn for their own sake: nothing else is as hard to tell apart.
    """
    lot = rng.random()
    if lot < 0.35:
        every = syllables()
        return every[int(rng.integers(len(every)))]
    index = _by_letter()
    letters = STACKED if lot < 0.65 else tuple(index)
    holding = index[letters[int(rng.integers(len(letters)))]]
    return holding[int(rng.integers(len(holding)))]


def _fits(onset: str, rhyme: str) -> bool:
    """Return whether spelling lets ``rhyme`` follow ``onset``: k, gh, ngh before e, ê, i, y, and c, g, ng elsewhere."""
    front = rhyme[0] in _FRONT
    if onset in ("k", "gh", "ngh"):
        return front and not rhyme.startswith("y")
    if onset == "g" and rhyme[0] == "i":
        return True  # gì, gìn: gi and i fall together
    if onset in ("c", "g", "ng"):
        return not front
    if onset == "gi":
        return not rhyme.startswith(("i", "y"))
    if onset == "qu":
        return rhyme[0] in "aăâeêiơy" and rhyme not in ("ia", "iu") and not rhyme.startswith("iê")
    if rhyme.startswith("yê"):
        return onset == ""
    if rhyme == "y":
        return onset in ("", "h", "k", "l", "m", "s", "t")
    if rhyme.startswith("iê"):
        return onset != ""
    return True


def _places(onset: str, rhyme: str) -> tuple[int, ...]:
    """Return where the tone may stand: on the marked vowel, else by form; oa, oe, uy have an old and a new place."""
    marked = [at for at, letter in enumerate(rhyme) if letter in "ăâêôơư"]
    if marked:
        return (marked[-1],)
    vowels = [at for at, letter in enumerate(rhyme) if letter in VOWELS]
    if len(vowels) == 1:
        return (vowels[0],)
    if vowels[-1] != len(rhyme) - 1:
        return (vowels[-1],)
    if rhyme in ("oa", "oe", "uy") and onset != "qu":
        return (0, 1)
    return (1,) if len(vowels) == 3 else (0,)
