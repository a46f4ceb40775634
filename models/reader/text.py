"""What the training lines say: mostly invented, so that the reader learns to see letters, not to expect words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from models.reader.alphabet import is_readable
from models.reader.syllables import draw_syllable
from samples.generator.compose import compose
from samples.generator.compose.dump import dump
from samples.generator.facts import draw
from samples.generator.nouns import Split
from samples.generator.wording.pools import load

REPORT_SHARE = 0.3
"""Share of the lines that quote a generated report of the train split."""
REPORT_SEED = 60_000
"""Of the generated reports that lines quote; no other use of the generator has it."""

_ABBREVIATIONS = (
    "UBND HĐND UBMTTQ TW TU CP TTg BNG BC QĐ KH CV TB NQ CT TTr HD QH NĐ-CP TT-BNG QĐ-TTg QĐ-UBND BC-UBND "
    "KH-UBND UBND-NC UBND-NV BC-SNgV SNV-LS VPUB LHHN HTQT LSVN KT. TM. TL. TUQ. Q. PCT. P. TP. TX. Th.S TS. GS. ODA "
    "FDI USD VNĐ EUR JPY NGO PCPNN APEC ASEAN WTO EVFTA CPTPP UNDP UNICEF WHO JICA KOICA GDP VP VT NC NV KTTH LĐTBXH KH&ĐT "
    "GD&ĐT TN&MT VH,TT&DL XNC XKLĐ ABTC v/v V/v TNHH MTV CHDCND TBCN XHCN đ/c tr.đ"
).split()
_SIGNS_ALONE = ("-", "–", "+", "•", "*", "/", "&", "=", "%", "…", "...", ">", "<", "≥", "|", "x", "×", "—")
_ROMAN = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XX XXI".split()
_UNITS = "% đoàn lượt người USD đồng triệu tỷ tỉ VNĐ km m² ha kg tấn dự án hồ sơ EUR tháng năm ngày °C km² m³".split()
_STARTS = "b c d f g h j k l m n p r s t v w x y z ch sh th st fr br gr pl sch kh".split()
_MIDDLES = "a e i o u ai ee ou io y oo".split()
_ENDS = ("", "", *"n r s l t ng k m x ff ll w z nd ck j".split())

Writer = Callable[[np.random.Generator], str]


def report_lines(split: Split, reports: int) -> list[str]:
    """Return the readable lines of ``reports`` generated reports of ``split``, each once."""
    pools = load(split)
    lines: dict[str, None] = {}
    for index in range(reports):
        rng = np.random.default_rng([REPORT_SEED, index])
        text = dump(compose(draw(split, REPORT_SEED, index), pools, rng), marks=False)
        for raw in text.splitlines():
            line = " ".join(raw.lstrip("#=| ").replace(" | ", " ").split())
            if line and is_readable(line):
                lines[line] = None
    return list(lines)


def draw_text(rng: np.random.Generator, reports: Sequence[str], most: int) -> str:
    """Return one line of at most about ``most`` letters, every letter readable, single spaces between words."""
    if reports and rng.random() < REPORT_SHARE:
        words = reports[int(rng.integers(len(reports)))].split()
        start = 0 if rng.random() < 0.4 else int(rng.integers(len(words)))
        text = _fill(words[start:], most)
    else:
        writer: Writer = _prose
        lot = rng.random()
        for share, candidate in _KINDS:
            lot -= share
            if lot < 0:
                writer = candidate
                break
        text = _fill(_pieces(writer, rng, most), most)
    if rng.random() < 0.09:
        text = text.upper()
    return text if text and is_readable(text) else draw_text(rng, reports, most)


def _fill(words: Iterable[str], most: int) -> str:
    line = ""
    for word in words:
        if line and len(line) + 1 + len(word) > most:
            break
        line = f"{line} {word}" if line else word
    return line


def _pieces(writer: Writer, rng: np.random.Generator, most: int) -> list[str]:
    words: list[str] = []
    while sum(map(len, words)) + len(words) < most:
        words += writer(rng).split()
    return words


def _one(rng: np.random.Generator, options: Sequence[str]) -> str:
    return options[int(rng.integers(len(options)))]


def _prose(rng: np.random.Generator) -> str:
    """Some syllables as a clause: names, numbers and abbreviations among them, punctuated as reports are."""
    words = []
    capital = rng.random() < 0.25
    for _ in range(int(rng.integers(2, 10))):
        lot = rng.random()
        if lot < 0.76:
            word = draw_syllable(rng)
            if capital or rng.random() < 0.12:
                word = word[0].upper() + word[1:]
            elif rng.random() < 0.06:
                word = word.upper()
        elif lot < 0.86:
            word = _number(rng)
        elif lot < 0.92:
            word = _one(rng, _ABBREVIATIONS)
        elif lot < 0.95:
            word = _foreign(rng)
        elif lot < 0.97:
            word = _date(rng)
        else:
            word = _one(rng, _SIGNS_ALONE)
        capital = capital and rng.random() < 0.7
        words.append(_dress(word, rng))
    text = " ".join(words)
    return text + _one(rng, (",", ",", ".", ".", ";", ":", "", "", "", "", "", "…", "!", "?", "./."))


def _dress(word: str, rng: np.random.Generator) -> str:
    """Now and then put brackets or quotes about ``word``, a hyphen or slash into it, or a comma behind it."""
    lot = rng.random()
    if lot < 0.03:
        pair = _one(rng, ("()", "()", "()", "“”", "“”", '""', "[]", "''", "‘’"))
        return pair[0] + word + pair[1]
    if lot < 0.04:
        return _one(rng, ("(", "“", '"')) + word
    if lot < 0.05:
        return word + _one(rng, (")", "”", '"', "),", ");", ").", "”,", "”."))
    if lot < 0.08:
        return (
            word
            + _one(rng, ("-", "/", " - ", " – ", "–", "/", ", ", "=", "_", "&", "+"))
            + draw_syllable(rng)
        )
    if lot < 0.16:
        return word + _one(rng, (",", ",", ",", ".", ";", ":"))
    return word


def _digits(rng: np.random.Generator, least: int, most: int) -> str:
    return "".join(str(rng.integers(10)) for _ in range(int(rng.integers(least, most + 1))))


def _number(rng: np.random.Generator) -> str:
    """A figure as reports print it: zero-padded, dots for thousands, comma for decimals, and both misused."""
    lot = rng.random()
    if lot < 0.25:
        text = f"{int(rng.integers(100)):02d}"
    elif lot < 0.4:
        text = _digits(rng, 1, 4)
    elif lot < 0.65:
        mark = "." if rng.random() < 0.85 else ","
        text = str(rng.integers(1, 1000)) + "".join(
            mark + _digits(rng, 3, 3) for _ in range(int(rng.integers(1, 4)))
        )
        if rng.random() < 0.15:
            text += "," + _digits(rng, 1, 3)
    elif lot < 0.82:
        text = str(rng.integers(1000)) + _one(rng, (",", ",", ",", ".")) + _digits(rng, 1, 3)
    elif lot < 0.9:
        text = str(rng.integers(100)) + _one(rng, ("/", "-", "–", ":", "/", "x")) + str(rng.integers(1000))
    else:
        text = str(rng.integers(1990, 2035))
        if rng.random() < 0.4:
            text += _one(rng, ("-", "–", " - ", "/")) + str(rng.integers(1990, 2035))
    lot = rng.random()
    if lot < 0.12:
        text += "%"
    elif lot < 0.3:
        text += " " + _one(rng, _UNITS)
    elif lot < 0.34:
        text = _one(rng, ("+", "-", "–", ">", "<", "≥", "≤", "$", "(", "#")) + text
    elif lot < 0.38:
        text += _one(
            rng, ("đ", "USD", "m", "km", "m²", "m³", "ha", "°", "°C", "kg", "h", "h30'", ")", "*", ".")
        )
    elif lot < 0.42:
        text += f" ({draw_syllable(rng)} {draw_syllable(rng)})"
    return text


def _date(rng: np.random.Generator) -> str:
    day, month, year = int(rng.integers(1, 32)), int(rng.integers(1, 13)), int(rng.integers(1975, 2036))
    lot = rng.random()
    if lot < 0.35:
        return f"{day:02d}/{month}/{year}" if rng.random() < 0.5 else f"{day:02d}/{month:02d}/{year}"
    if lot < 0.45:
        return f"{day}{_one(rng, ('/', '-', '.'))}{month}{_one(rng, ('/', '-', '.'))}{year}"
    if lot < 0.6:
        return f"ngày {day:02d} tháng {month:02d} năm {year}"
    if lot < 0.7:
        place = f"{draw_syllable(rng)} {draw_syllable(rng)}".title()
        return f"{place}, ngày {day:02d} tháng {month} năm {year}"
    if lot < 0.75:
        return f"{day:02d}.{month:02d}.{year} {rng.integers(24):02d}:{rng.integers(60):02d}:{rng.integers(60):02d} +07:00"
    return _one(
        rng,
        (f"{day:02d}/{month:02d}", f"{month}/{year}", f"{month:02d}/{year}", f"năm {year}", f"quý I/{year}"),
    )


def _symbol(rng: np.random.Generator) -> str:
    """A document's number and symbol, state and party: 23/BC-UBND, 32-CT/TW, 152/2020/NĐ-CP."""
    number = str(rng.integers(1, 100)).zfill(2) if rng.random() < 0.4 else str(rng.integers(1, 9999))
    first, second = _one(rng, _ABBREVIATIONS), _one(rng, _ABBREVIATIONS)
    text = _one(
        rng,
        (
            f"{number}/{first}",
            f"{number}/{first}-{second}",
            f"{number}-{first}/{second}",
            f"{number}/{rng.integers(1990, 2035)}/{first}",
            f"/{first}-{second}",
            f"/{first}",
            f"{number} /{first}",
            f"{first}-{second}",
        ),
    )
    return (
        _one(rng, ("Số: ", "số ", "", "", "", "(", "Số "))
        + text
        + _one(rng, ("", "", "", ",", ";", ".", ")"))
    )


def _list_head(rng: np.random.Generator) -> str:
    """What begins a heading or an item."""
    number = str(rng.integers(1, 20))
    head = _one(
        rng,
        (
            _one(rng, _ROMAN) + _one(rng, (".", ".", ".", "-", "/", ")", " -", ":")),
            _one(rng, _ROMAN) + ".",
            number + _one(rng, (".", ".", ")", "/", "-")),
            f"{number}.{rng.integers(1, 12)}" + _one(rng, (".", "", "", ":")),
            f"{number}.{rng.integers(1, 12)}.{rng.integers(1, 12)}" + _one(rng, (".", "")),
            _one(rng, tuple("abcdđeghikl")) + _one(rng, (")", ".", ")")),
            _one(rng, tuple("ABCD")) + _one(rng, (".", "/", ")")),
            _one(rng, ("-", "-", "-", "+", "+", "•", "*", "–", "(*)", "(1)", "(2)")),
        ),
    )
    words = " ".join(_dress(draw_syllable(rng), rng) for _ in range(int(rng.integers(2, 9))))
    return f"{head} {words.upper() if rng.random() < 0.25 else words.capitalize()}" + _one(
        rng, ("", "", ":", ".", ";")
    )


def _name(rng: np.random.Generator) -> str:
    """Names and posts, in capitals as often as not."""
    words = [draw_syllable(rng) for _ in range(int(rng.integers(2, 5)))]
    text = " ".join(words).title() if rng.random() < 0.45 else " ".join(words).upper()
    return (
        _one(rng, ("", "", "", "KT. ", "TM. ", "TL. ", "Q. ", "TUQ. ", "- ", "Ông ", "Bà "))
        + text
        + _one(rng, ("", "", "", ",", ";", "./."))
    )


def _foreign(rng: np.random.Generator) -> str:
    """A foreign name that nobody bears, with the letters that Vietnamese lacks."""
    word = "".join(
        _one(rng, _STARTS) + _one(rng, _MIDDLES) + _one(rng, _ENDS) for _ in range(int(rng.integers(1, 4)))
    )
    return word.capitalize() if rng.random() < 0.7 else _one(rng, (word.upper(), word))


def _web(rng: np.random.Generator) -> str:
    word = _foreign(rng).lower()
    return _one(
        rng,
        (
            f"{word}@{_foreign(rng).lower()}.gov.vn",
            f"http://{word}.vn",
            f"www.{word}.com",
            f"Email: {word}@{word}.vn",
            f"{word}.pdf",
        ),
    )


def _money(rng: np.random.Generator) -> str:
    amount = str(rng.integers(1, 1000)) + "".join(
        "." + _digits(rng, 3, 3) for _ in range(int(rng.integers(0, 4)))
    )
    if rng.random() < 0.4:
        amount += "," + _digits(rng, 1, 3)
    unit = _one(
        rng, ("đồng", "triệu đồng", "tỷ đồng", "tỉ đồng", "USD", "triệu USD", "VNĐ", "đ", "EUR", "nghìn USD")
    )
    return f"{amount} {unit}" + _one(
        rng, ("", "", ",", ".", ";", ")", f" (tương đương {_digits(rng, 1, 3)}.{_digits(rng, 3, 3)} USD)")
    )


def _cells(rng: np.random.Generator) -> str:
    """The figures of a row or column, or one."""
    return " ".join(_number(rng) for _ in range(int(rng.integers(1, 4))))


def _letters(rng: np.random.Generator) -> str:
    """Capital syllables, whose rare letters (Ỵ, Ẵ, Ỡ) no report would show often enough."""
    return " ".join(draw_syllable(rng) for _ in range(int(rng.integers(2, 8)))).upper() + _one(
        rng, ("", "", ",", ".", ":")
    )


_KINDS: tuple[tuple[float, Writer], ...] = (
    (0.36, _prose),
    (0.08, _number),
    (0.06, _cells),
    (0.05, _date),
    (0.07, _symbol),
    (0.10, _list_head),
    (0.08, _name),
    (0.05, _money),
    (0.13, _letters),
    (0.01, _web),
    (0.01, _foreign),
)
