"""Names that nobody bears: persons, places, bodies, events and programmes put together from syllables and forms.

The lists (``words.yaml``) are large and independent of the generator's pools, so that the net learns the shape of a name
and the words around it, not the name.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

import yaml

_WORDS: dict[str, list[str]] = {
    name: [word.strip() for word in words.split(";")]
    for name, words in yaml.safe_load(Path(__file__).with_name("words.yaml").read_text("utf-8")).items()
}
_KINDS = ("xã", "xã", "xã", "phường", "thị trấn", "huyện", "huyện", "tỉnh", "thị xã", "thành phố", "quận")
_COMMITTEES = ("UBND", "UBND", "UBND", "Ủy ban nhân dân", "Uỷ ban nhân dân", "HĐND", "Hội đồng nhân dân")
_PARTY = {
    "tỉnh": "Tỉnh ủy",
    "huyện": "Huyện ủy",
    "quận": "Quận ủy",
    "thị xã": "Thị ủy",
    "thành phố": "Thành ủy",
    "xã": "Đảng ủy",
}


def _one(rng: Random, name: str) -> str:
    return rng.choice(_WORDS[name])


def country(rng: Random) -> str:
    """Return a country in an old or a new spelling."""
    return _one(rng, "countries")


def unit(rng: Random) -> str:
    """Return a noun that counts."""
    return _one(rng, "units")


def person(rng: Random) -> str:
    """Return a person's name; one in twelve is foreign."""
    if rng.random() < 0.08:
        return " ".join(_alien(rng) for _ in range(rng.randint(2, 3)))
    middles = rng.choices((0, 1, 2), (0.1, 0.7, 0.2))[0]
    parts = [_one(rng, "families"), *(_one(rng, "middles") for _ in range(middles)), _one(rng, "given")]
    return " ".join(parts)


def _alien(rng: Random) -> str:
    return "".join(_one(rng, "alien") for _ in range(rng.randint(2, 3))).capitalize()


def _bare_place(rng: Random) -> str:
    shape = rng.random()
    if shape < 0.06:
        return _one(rng, "highland")
    if shape < 0.1:
        return f"{_one(rng, 'place')} {_one(rng, 'place')} {rng.choice(('Đông', 'Tây', 'Nam', 'Bắc', 'Hạ', 'Thượng'))}"
    return f"{_one(rng, 'place')} {_one(rng, 'place')}"


def city(rng: Random) -> str:
    """Return a place abroad, old and new spelling."""
    if rng.random() < 0.4:
        return _one(rng, "cities")
    return " ".join(_alien(rng) for _ in range(rng.choices((1, 2), (0.75, 0.25))[0]))


def place(rng: Random, kind: str = "") -> str:
    """Return a place of Việt Nam with the kind word; an empty ``kind`` gives a bare name, "?" any kind."""
    if kind == "?":
        kind = rng.choice(_KINDS)
    if kind.lower() in {"quận", "phường"} and rng.random() < 0.3:
        return f"{kind} {rng.randint(1, 12)}"
    return f"{kind} {_bare_place(rng)}".strip()


def foreign_place(rng: Random) -> str:
    """Return a place abroad with its kind."""
    return f"{rng.choice(('tỉnh', 'thành phố', 'bang', 'quận', 'huyện', 'vùng'))} {city(rng)}"


def _of_place(rng: Random) -> str:
    """Return the level that ends the name of an office: "huyện", "tỉnh Quảng Minh", or nothing."""
    kind = rng.choice(_KINDS)
    return rng.choices(("", f" {kind}", f" {place(rng, kind)}"), (0.15, 0.4, 0.45))[0]


def office(rng: Random) -> str:
    """Return an office of the State, the Party or a mass organisation."""
    shape = rng.random()
    kind = rng.choice(_KINDS)
    if shape < 0.25:
        return f"{rng.choice(_COMMITTEES)} {rng.choices((kind, place(rng, kind)), (0.4, 0.6))[0]}"
    if shape < 0.4:
        return (
            f"Sở {_one(rng, 'departments')}"
            + rng.choices(("", " tỉnh", f" tỉnh {_bare_place(rng)}"), (6, 1, 3))[0]
        )
    if shape < 0.52:
        return f"Phòng {_one(rng, 'divisions')}" + rng.choices(("", _of_place(rng)), (6, 4))[0]
    if shape < 0.6:
        return f"Bộ {_one(rng, 'ministries')}"
    if shape < 0.68:
        return _one(rng, "central")
    if shape < 0.76:
        party = _PARTY.get(kind, "Đảng ủy")
        head = rng.choice(
            (
                "",
                "Ban Thường vụ ",
                "Thường trực ",
                "Ban Dân vận ",
                "Ban Tổ chức ",
                "Văn phòng ",
                "Ban Tuyên giáo ",
            )
        )
        return f"{head}{party}" + rng.choice(("", f" {_bare_place(rng)}"))
    if shape < 0.82:
        both = rng.choice(("HĐND và UBND", "UBND", "HĐND-UBND", "HĐND - UBND", "Đoàn ĐBQH và HĐND"))
        return (
            f"{rng.choice(('Văn phòng', 'VP'))} {both}"
            + rng.choices((f" {kind}", f" {place(rng, kind)}"), (6, 4))[0]
        )
    return _one(rng, "associations") + _of_place(rng)


def company(rng: Random) -> str:
    """Return a company."""
    form = rng.choice(
        (
            "Công ty TNHH",
            "Công ty TNHH",
            "Công ty Cổ phần",
            "Công ty CP",
            "Công ty TNHH MTV",
            "Tập đoàn",
            "Tổng công ty",
            "Công ty",
        )
    )
    field = rng.choices(
        ("", f" {_one(rng, 'fields')}", f" {_one(rng, 'fields')} và {_one(rng, 'fields')}"), (3, 6, 1)
    )[0]
    own = rng.choice(
        (
            f"{_one(rng, 'given')} {_one(rng, 'given')}",
            f"{_one(rng, 'latin')} {rng.choice(('Việt Nam', 'Vina', _one(rng, 'latin')))}",
            _one(rng, "latin"),
            _bare_place(rng),
            _alien(rng),
        )
    )
    return f"{form}{field} {own}"


def ngo(rng: Random) -> str:
    """Return an aid organisation."""
    head = rng.choice(("Tổ chức", "Tổ chức", "Tổ chức", "Quỹ", "Hội", "Hiệp hội", "Mạng lưới"))
    own = rng.choice(
        (
            f"{_one(rng, 'latin')} {_one(rng, 'latin')}",
            f"{_one(rng, 'latin')} {rng.choice(('International', 'Foundation', 'Vietnam', 'for Children', 'in Vietnam'))}",
            f"{_one(rng, 'ngo_words')} {_one(rng, 'ngo_words')}",
            f"{_one(rng, 'ngo_words')} {_one(rng, 'ngo_words').lower()}",
            "".join(rng.choice("ABCDEFGHIKLMNOPRSTUVW") for _ in range(rng.randint(3, 5))),
        )
    )
    return f"{head} {own}"


def partner(rng: Random) -> str:
    """Return a foreign body."""
    return _one(rng, "partners").format(land=country(rng), city=city(rng), region=foreign_place(rng))


def body(rng: Random) -> str:
    """Return any organisation that is no office of Việt Nam."""
    return rng.choice((company, ngo, partner))(rng)


def post(rng: Random) -> str:
    """Return a post with its office."""
    lead = _one(rng, "posts")
    if lead.endswith("phòng") and lead[0] in "TP" and "Chánh" not in lead:
        return f"{lead} {_one(rng, 'divisions')}" + rng.choice(("", _of_place(rng)))
    kind = rng.choice(_KINDS)
    if lead.startswith(("Chánh Văn", "Phó Chánh Văn")):
        return f"{lead} {rng.choice(('HĐND và UBND', 'UBND', 'Tỉnh ủy'))}" + rng.choice(("", f" {kind}"))
    if "Bí thư" in lead and lead != "Bí thư thứ nhất":
        return f"{lead} {_PARTY.get(kind, 'Đảng ủy')}"
    if "Chủ tịch" in lead:
        return f"{lead} {rng.choice(('UBND', 'HĐND', 'Ủy ban nhân dân'))} {rng.choices((kind, place(rng, kind)), (7, 3))[0]}"
    if "Giám đốc" in lead:
        return f"{lead} Sở {_one(rng, 'departments')}"
    return rng.choices((lead, f"{lead} {office(rng)}"), (0.2, 0.8))[0]


def event(rng: Random) -> str:
    """Return an event; capitals inside are a matter of habit."""
    topic = _one(rng, "event_topics")
    if rng.random() < 0.5:
        topic = topic[:1].upper() + topic[1:]
    tail = rng.choices(
        (
            "",
            f" {_one(rng, 'event_topics')}",
            f" lần thứ {rng.choice(('I', 'II', 'III', '5', 'nhất', 'hai'))}",
        ),
        (7, 2, 1),
    )[0]
    return f"{_one(rng, 'event_heads')} {topic}{tail}"


def programme(rng: Random, head: str = "?") -> str:
    """Return a programme or project; ``head`` is the word before its name, "?" any, may be empty."""
    if head == "?":
        head = rng.choice(
            ("Chương trình", "chương trình", "Dự án", "dự án", "dự án", "Đề án", "đề án", "tiểu dự án", "")
        )
    if rng.random() < 0.25:
        own = f"{_one(rng, 'brands')} {_one(rng, 'brand_tails')}"
    else:
        own = _one(rng, "goals")
        if rng.random() < 0.75:
            own += f" {_one(rng, 'scopes')}"
        if rng.random() < 0.15:
            own += f" {_one(rng, 'scopes')}"
    if head and rng.random() < 0.45:
        own = own[:1].lower() + own[1:]
    return f"{head} {own}".strip()
