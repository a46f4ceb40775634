import csv
import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from pipeline.errors import UsageError
from pipeline.extraction.profile import (
    Profile,
    load_profile,
    profile_file,
    profile_schema,
    shared_fields,
    shipped_profiles,
)
from tests.extraction.reports import profile as shipped

ROOT = Path(__file__).parents[2]
FIELDS_CSV = ROOT.parent / "shared/design/fields.csv"

SMALL = """
name: small
title_vi: Báo cáo nhỏ
title_en: Small report
recognise: {types: [Báo cáo], subject: [việc nhỏ]}
topics:
  - {name: visits, group: visits, headings: [đoàn vào]}
fields:
  - {name: visits.count, group: visits, type: count, label_vi: Số đoàn, topics: [visits], labels: [số đoàn]}
  - {name: visits.people, group: visits, type: count, label_vi: Số người, topics: [visits], labels: [số người]}
  - {name: visits.cost, group: visits, type: money, label_vi: Chi phí, topics: [visits], labels: [chi phí]}
checks:
  - {kind: at_least, field: visits.people, than: visits.count}
"""


def load(tmp_path: Path, text: str) -> Profile:
    path = tmp_path / "small.yaml"
    path.write_text(text, encoding="utf-8")
    return load_profile(str(path))


def mistakes(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "small.yaml"
    path.write_text(text, encoding="utf-8")
    return [mistake.describe("small.yaml") for mistake in profile_file(str(path)).mistakes]


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
    for name in shipped_profiles():
        for spec in load_profile(name).fields:
            assert spec.label_vi
            assert spec.label_en or spec.group == "letterhead", spec.name


def test_the_fields_of_letterhead_and_period_come_with_every_profile(tmp_path: Path) -> None:
    names = [field.name for field in load(tmp_path, SMALL).fields]
    assert names[-1] == "visits.cost"
    assert {"doc.type", "doc.number", "doc.signer_name", "report.year", "report.period"} < set(names)
    assert names[: len(shared_fields())] == shared_fields()


def test_a_profile_s_digest_changes_with_its_text(tmp_path: Path) -> None:
    one = load(tmp_path, SMALL).digest
    assert one == load(tmp_path, SMALL).digest
    assert one != load(tmp_path, SMALL.replace("số đoàn", "tổng số đoàn")).digest


def test_topics_and_fields_are_found_by_name() -> None:
    assert shipped().field("oda.value").type == "money"
    assert shipped().topic_of["oda"].group == "economy"
    with pytest.raises(KeyError):
        shipped().field("no.such")


@pytest.mark.parametrize("name", shipped_profiles())
def test_shipped_profiles_have_no_mistake_and_validate_against_the_schema(name: str) -> None:
    assert [m.describe(name) for m in profile_file(name).errors] == []
    text = (ROOT / "pipeline/profiles" / f"{name}.yaml").read_text("utf-8")
    jsonschema.validate(yaml.safe_load(text), profile_schema())


def test_the_schema_refuses_what_the_loader_refuses() -> None:
    data = yaml.safe_load(SMALL)
    jsonschema.validate(data, profile_schema())
    data["fields"][0]["lables"] = ["số đoàn"]
    with pytest.raises(jsonschema.ValidationError, match="lables"):
        jsonschema.validate(data, profile_schema())


def test_the_schema_in_docs_is_up_to_date() -> None:
    written = json.loads((ROOT / "docs/profile.schema.json").read_text("utf-8"))
    assert written == profile_schema(), "run: sohoa profile schema > docs/profile.schema.json"


def test_every_key_of_the_schema_is_described() -> None:
    schema = profile_schema()
    for name, part in {**schema["$defs"], "Profile": schema}.items():
        for key, value in part.get("properties", {}).items():
            assert "description" in value or "$ref" in value, (name, key)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("labels: [số đoàn]", "lables: [số đoàn]", "9:91: unknown key 'lables'; did you mean 'labels'?"),
        ("topics: [visits]", "topics: [vists]", "unknown topic 'vists'; did you mean 'visits'?"),
        ("headings: [đoàn vào]}", "headings: [đoàn vào], parents: [none_such]}", "7:67: unknown topic 'none_such'"),
        ("labels: [số đoàn]", "labels: ['số (đoàn']", "brackets do not match in the wording 'số (đoàn': ( is never closed"),
        ("labels: [số đoàn]", "labels: ['số đoàn)']", ") closes nothing"),
        ("labels: [số đoàn]", "labels: ['(số|) đoàn']", "an alternative is empty"),
        ("labels: [số đoàn]", "labels: ['[số] [đoàn]']", "can match anything"),
        ("labels: [số đoàn]", "labels: ['* số đoàn']", "says nothing; leave it out"),
        ("labels: [số đoàn]", "labels: [số đoàn|đoàn]", "| stands outside of brackets"),
        ("labels: [số đoàn]", "labels: số đoàn", "a list is expected here"),
        ("labels: [số đoàn]", "implied: true", "say which units"),
        ("labels: [số đoàn]", "labels: [số đoàn], units: [đoàng]", "unknown unit noun 'đoàng'"),
        ("labels: [chi phí]", "labels: [x y], units: [people]", "'units' is for the types count and number, not for money"),
        ("type: money", "type: mony", "'mony' is none of count, money"),
        ("type: money", "type: money, base: plan", "'base' is for the type percent"),
        ("topics: [visits], labels: [chi phí]", "cues: [chi phí]", "and it has none; add topics"),
        (", labels: [chi phí]", "", "nothing says how the field is found; give it labels"),
        ("visits.people, group", "visits.count, group", "10:12: the field visits.count is given twice, first in line 9"),
        ("name: visits.cost", "name: doc.number", "the field doc.number comes with every profile; leave it out"),
        ("name: small", "name: [small", "not valid YAML"),
        ("name: small", "name: Small!", "'Small!' is no name"),
        ("fields:", "felder:", "unknown key 'felder'; did you mean 'fields'?"),
        ("title_en: Small report\n", "", "the key 'title_en' is missing"),
        ("title_en: ", "title_en: Again\ntitle_en: ", "the key 'title_en' is given twice, first in line 4"),
        ("than: visits.count", "than: visits.cost", "visits.cost (money) cannot be compared with visits.people (count)"),
        ("than: visits.count", "than: visits.coun", "unknown field 'visits.coun' in a check; did you mean 'visits.count'?"),
        ("kind: at_least", "kind: atleast", "'atleast' is none of parts, at_least"),
        ("{kind: at_least, field: visits.people, than: visits.count}", "{kind: parts}", "the check names no field"),
    ],
)  # fmt: skip
def test_mistakes_name_file_line_and_remedy(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    assert old in SMALL
    found = mistakes(tmp_path, SMALL.replace(old, new, 1))
    assert any(complaint in line and line.startswith("small.yaml:") for line in found), found
    with pytest.raises(UsageError, match=r"small\.yaml:\d+:\d+: "):
        load_profile(str(tmp_path / "small.yaml"))


def test_all_mistakes_are_told_at_once_in_order_of_lines(tmp_path: Path) -> None:
    text = SMALL.replace("labels: [số đoàn]", "lables: ['số (đoàn']").replace("type: money", "type: mony")
    text = text.replace("headings: [đoàn vào]", "headings: ['(đoàn vào', '[x]']")
    lines = [int(line.split(":")[1]) for line in mistakes(tmp_path, text)]
    assert lines == sorted(lines)
    assert {7, 9, 11} <= set(lines)
    assert lines.count(7) == 2


def test_a_wording_that_yaml_takes_for_a_list_is_explained(tmp_path: Path) -> None:
    text = SMALL.replace(
        "labels: [chi phí]}", "labels: [chi phí]}\n  - name: a.b\n    labels:\n      - [tổng] số đoàn\n"
    )
    assert any("quote the wording in line 14" in line for line in mistakes(tmp_path, text))


def test_a_topic_that_no_field_uses_is_a_warning_and_the_profile_loads(tmp_path: Path) -> None:
    text = SMALL.replace("topics:\n", "topics:\n  - {name: idle, group: idle, headings: [việc khác]}\n", 1)
    assert any("warning: no field is at home in the topic idle" in line for line in mistakes(tmp_path, text))
    assert load(tmp_path, text).topic_of["idle"].group == "idle"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
            f"{c}: &{c} [{', '.join([f'*{p}'] * 10)}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True)
        ), "counting what aliases repeat"),
        ("[" * 5000, "nested deeper than"),
        ("a: &a [*a]", "an alias repeats what it stands in"),
        ("a: !!python/object/apply:os.system ['echo hacked > /tmp/hacked']", "has no place in a profile"),
        ("a: !!binary aGVsbG8=", "has no place in a profile"),
        ("a: 1\n<<: {b: 2}", "<<"),
        ("name: " + "x" * 1_000_001, "larger than"),
        ("name: \x00", "not valid YAML"),
        ("- a\n- b", "a profile consists of keys with values"),
        ("", "a profile consists of keys with values"),
        ("a: b\n--- \nc: d", "not valid YAML"),
    ],
    ids=["billion laughs", "deep", "recursive", "code", "binary", "merge", "large", "null", "list", "empty", "two"],
)  # fmt: skip
def test_hostile_yaml_is_refused_at_once_and_runs_nothing(tmp_path: Path, text: str, complaint: str) -> None:
    found = mistakes(tmp_path, text)
    assert any(complaint in line for line in found), found[:3]


def test_a_profile_that_is_no_utf8_says_so(tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_bytes("name: đoàn".encode("utf-16"))
    with pytest.raises(UsageError, match="save the file as UTF-8"):
        load_profile(str(tmp_path / "old.yaml"))


def test_a_missing_profile_names_those_there_are(tmp_path: Path) -> None:
    for name in ("no_such", str(tmp_path / "nothing.yaml"), str(tmp_path), "letterhead_fields"):
        with pytest.raises(UsageError, match="doi_ngoai"):
            load_profile(name)
