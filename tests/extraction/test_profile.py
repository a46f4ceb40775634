import csv
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.extraction.profile import Profile, load_profile, shipped_profiles
from tests.extraction.reports import profile as shipped

FIELDS_CSV = Path(__file__).parents[3] / "shared/design/fields.csv"

SMALL = """
name: small
title_vi: Báo cáo nhỏ
title_en: Small report
recognise: {types: [Báo cáo], subject: [việc nhỏ]}
anti: {}
topics:
  - {name: visits, group: visits, headings: [đoàn vào]}
fields:
  - {name: visits.count, group: visits, type: count, label_vi: Số đoàn, topics: [visits], labels: [số đoàn]}
"""


def load(tmp_path: Path, text: str) -> Profile:
    path = tmp_path / "small.yaml"
    path.write_text(text, encoding="utf-8")
    return load_profile(str(path))


def test_the_shipped_profile_has_the_72_fields_of_the_contract_in_order() -> None:
    if not FIELDS_CSV.is_file():
        pytest.skip("the list of fields is not here")
    with FIELDS_CSV.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 72
    assert [f.name for f in shipped().fields] == [row["field"] for row in rows]
    for spec, row in zip(shipped().fields, rows, strict=True):
        assert (spec.group, spec.type, spec.is_list) == (row["group"], row["type"], row["list"] == "yes")
        assert (spec.unit, spec.label_vi) == (row["unit"], row["label_vi"]), spec.name


def test_every_field_has_its_labels() -> None:
    assert len(shipped().fields) == 72
    for spec in shipped().fields:
        assert spec.label_vi
        assert spec.label_en or spec.group == "letterhead", spec.name


def test_letterhead_fields_come_with_every_profile(tmp_path: Path) -> None:
    names = [field.name for field in load(tmp_path, SMALL).fields]
    assert names[-1] == "visits.count"
    assert {"doc.type", "doc.number", "doc.signer_name"} < set(names)


def test_a_profile_s_digest_changes_with_its_text(tmp_path: Path) -> None:
    one = load(tmp_path, SMALL).digest
    assert one == load(tmp_path, SMALL).digest
    assert one != load(tmp_path, SMALL.replace("số đoàn", "tổng số đoàn")).digest


def test_topics_and_fields_are_found_by_name() -> None:
    assert shipped().field("oda.value").type == "money"
    assert shipped().topic_of["oda"].group == "economy"
    with pytest.raises(KeyError):
        shipped().field("no.such")


def test_the_shipped_profiles_are_named() -> None:
    assert "doi_ngoai" in shipped_profiles()


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("topics: [visits]", "topics: [vists]"), "field visits.count names unknown topics: vists"),
        (("headings: [đoàn vào]}", "headings: [đoàn vào], parents: [none_such]}"), "topic visits names unknown topics"),
        (("labels: [số đoàn]", "labels: ['số (đoàn']"), "brackets do not match in the wording"),
        (("type: count", "type: number"), "fields.17.type"),
        (("labels:", "lables:"), "lables"),
        (("visits.count", "doc.number"), "fields given twice: doc.number"),
        (("name: small", "name: [small"), "not valid YAML"),
        (("fields:", "felder:"), "no list of fields"),
        (("title_en: Small report\n", ""), "title_en"),
    ],
)  # fmt: skip
def test_errors_name_the_file_and_what_is_wrong(
    tmp_path: Path, change: tuple[str, str], complaint: str
) -> None:
    old, new = change
    assert old in SMALL
    with pytest.raises(UsageError) as caught:
        load(tmp_path, SMALL.replace(old, new))
    assert complaint in str(caught.value)
    assert "small.yaml" in str(caught.value)


def test_a_missing_profile_names_those_there_are(tmp_path: Path) -> None:
    for name in ("no_such", str(tmp_path / "nothing.yaml"), str(tmp_path)):
        with pytest.raises(UsageError, match="doi_ngoai"):
            load_profile(name)
