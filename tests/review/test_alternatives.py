"""The choices at one key: what the run weighed comes before what the text might allow."""

from pipeline.extraction.profile import load_profile
from pipeline.review.alternatives import alternatives
from pipeline.review.values import Value

PROFILE = load_profile("doi_ngoai")
PEOPLE = next(spec for spec in PROFILE.fields if spec.name == "outbound.people")
NOW = Value("reported", number="470", unit="lượt người")


def named(source: str, raw_text: str, state: str = "reported") -> dict[str, object]:
    return {
        "source": source, "state": state, "raw_text": raw_text, "page": 3, "x0": 0.1, "y0": 0.2, "x1": 0.3, "y1": 0.22,
    }  # fmt: skip


def test_the_second_readers_reading_and_the_runners_up_come_first_and_only_these_have_a_place_of_their_own() -> (
    None
):
    rows = [
        named("second_reader", "410 lượt người"),
        named("runner_up", "64 người"),
        named("runner_up", "không có đoàn", "none"),
    ]
    found = alternatives(PEOPLE, NOW, "470 lượt người", rows, "Trong năm có 470 lượt người, 12 cá nhân")

    assert [(other.value.state, other.value.number) for other in found[:3]] == [
        ("reported", "410"),
        ("reported", "64"),
        ("none", ""),
    ]
    assert [other.place and other.place["page"] for other in found[:3]] == [None, 3, 3]
    assert "12" in [other.value.number for other in found[3:]]


def test_the_value_itself_and_what_is_no_value_of_the_field_are_no_choices() -> None:
    rows = [
        named("second_reader", "470 lượt người"),
        named("runner_up", "ngày mai"),
        named("runner_up", "64 người"),
    ]
    found = alternatives(PEOPLE, NOW, "470 lượt người", rows, "")
    assert [other.value.number for other in found] == ["64"]


def test_items_of_a_list_are_no_choices_for_the_whole() -> None:
    spec = next(spec for spec in PROFILE.fields if spec.is_list)
    assert alternatives(spec, Value("blank"), "Lưu: VT", [named("second_reader", "Lưu: VĩI")], "") == []
