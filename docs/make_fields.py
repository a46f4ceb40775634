"""Writes ``fields.md`` from a profile: ``python docs/make_fields.py`` after every change of fields or labels."""

from itertools import groupby
from pathlib import Path

from pipeline.extraction.profile import FieldSpec, load_profile

PAGE = Path(__file__).with_name("fields.md")
PROFILE = "doi_ngoai"

_HEAD = """# Fields of the profile `{name}`

{title_vi} ({title_en}): {count} fields. This page is generated from the profile by `docs/make_fields.py`; edit the
profile, not this page. States, tables and units are explained in the [README](../README.md).

A field marked *list* has one row an item in the table `fields`, and no column in `reports`.
"""


def page(name: str = PROFILE) -> str:
    """Return the page on the fields of the profile ``name`` as Markdown."""
    profile = load_profile(name)
    parts = [
        _HEAD.format(
            name=profile.name,
            title_vi=profile.title_vi,
            title_en=profile.title_en,
            count=len(profile.fields),
        )
    ]
    for group, fields in groupby(profile.fields, key=lambda field: field.group):
        parts.append(
            f"\n## {group}\n\n| field | nhãn | label | type | unit | meaning |\n|---|---|---|---|---|---|\n"
        )
        parts.extend(map(_row, fields))
    return "".join(parts)


def _row(field: FieldSpec) -> str:
    kind = f"{field.type}, list" if field.is_list else field.type
    cells = (f"`{field.name}`", field.label_vi, field.label_en, kind, field.unit, field.meaning)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"written: {PAGE}")
