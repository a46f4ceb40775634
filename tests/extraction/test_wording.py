import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extraction import wording
from pipeline.extraction.profile import load_profile
from pipeline.extraction.wording import (
    WordIndex,
    WordingError,
    best_hit,
    compile_wordings,
    find_wordings,
    fold_words,
)
from pipeline.text import nfc


def found(wording: str, text: str, *, fuzzy: bool = False) -> list[str]:
    return [text[h.start : h.end] for h in find_wordings((wording,), fold_words(text), fuzzy)]


@pytest.mark.parametrize(
    ("wording", "text", "expected"),
    [
        ("đoàn ra", "Số ĐOÀN RA: 05", ["ĐOÀN RA"]),
        ("đoàn (ra|vào)", "đoàn vào, đoàn ra", ["đoàn vào", "đoàn ra"]),
        ("số [lượng] đoàn", "số đoàn và số lượng đoàn", ["số đoàn", "số lượng đoàn"]),
        ("đoàn * nước ngoài", "đoàn công tác đi nước ngoài", ["đoàn công tác đi nước ngoài"]),
        ("đoàn * nước ngoài", "đoàn nước ngoài", ["đoàn nước ngoài"]),
        ("xuất [và] nhập khẩu", "xuất, nhập khẩu", ["xuất, nhập khẩu"]),
        ("hội nghị", "hội- nghị", ["hội- nghị"]),
        ("[số] (đoàn|[lượt] người)", "lượt người", ["lượt người"]),
    ],
)
def test_the_language_of_wordings(wording: str, text: str, expected: list[str]) -> None:
    assert found(wording, text) == expected


@pytest.mark.parametrize(
    ("wording", "text"),
    [
        ("đoàn ra", "đoàn rau"),
        ("đoàn ra", "liên đoàn. Ra về"),
        ("oda", "soda"),
        ("đoàn * nước ngoài", "đoàn một hai ba bốn năm sáu bảy nước ngoài"),
        ("đoàn * nước ngoài", "đoàn về. Đi nước ngoài"),
        ("đoàn * nước ngoài", "đoàn: đi nước ngoài"),
    ],
)
def test_words_match_whole_and_gaps_end_with_the_clause(wording: str, text: str) -> None:
    assert found(wording, text) == []


@pytest.mark.parametrize(
    ("wording", "text"),
    [("đón", "đơn vị"), ("tăng", "tặng quà"), ("số", "Sở Ngoại vụ"), ("ra", "rà soát"), ("về", "bảo vệ")],
)
def test_words_that_only_fold_alike_are_kept_apart(wording: str, text: str) -> None:
    assert found(wording, text) == []


def test_the_mark_of_other_words_does_not_count() -> None:
    assert found("thỏa thuận", "THOẢ THUẬN") == ["THOẢ THUẬN"]
    assert found("kiều hối", "kiêu hôi") == ["kiêu hôi"]


@given(st.text(alphabet="đơnĐƠN vịSởsố.,- abc", max_size=40))
def test_folding_words_keeps_the_length(text: str) -> None:
    assert len(fold_words(nfc(text))) == len(nfc(text))


def test_slips_are_forgiven_only_when_asked_for_and_only_in_long_words() -> None:
    assert found("viện trợ nhân đạo quốc tế", "viện trợ nhxn đạo quốc tế") == []
    assert found("kim ngạch xuất khẩu", "kim ngqch xuất khẩu", fuzzy=True) == ["kim ngqch xuất khẩu"]
    assert (
        found("kim ngạch xuất khẩu", "kim ngqch xuqt khẩu", fuzzy=True) == []
    )  # the short word stays itself
    assert found("đoàn ra", "đoqn ra", fuzzy=True) == []
    assert found("thương nghiệp", "thxơng nghiệp", fuzzy=True) == ["thxơng nghiệp"]
    assert found("thương nghiệp", "thxơng nghixp", fuzzy=True) == []  # two in so few letters


def test_a_hit_weighs_the_letters_it_fixes() -> None:
    short, long = find_wordings(("oda", "vốn vay ưu đãi"), fold_words("ODA và vốn vay ưu đãi"))
    assert short.weight < long.weight
    best = best_hit(("oda", "vốn vay ưu đãi"), fold_words("ODA và vốn vay ưu đãi"))
    assert best is not None
    assert best.start == long.start
    assert best_hit(("fdi",), "oda") is None


def test_the_longer_of_two_wordings_is_served_first() -> None:
    (hit,) = find_wordings(("đoàn", "đoàn ra"), fold_words("đoàn ra"))
    assert hit.end == len("đoàn ra")


@pytest.mark.parametrize("wording", ["đoàn (ra", "đoàn [ra", "(a|(b)"])
def test_open_brackets_are_an_error_that_quotes_the_wording(wording: str) -> None:
    with pytest.raises(WordingError) as caught:
        compile_wordings((wording,))
    assert wording in str(caught.value)


def test_a_long_text_takes_no_long_time() -> None:
    text = fold_words("đoàn công tác của huyện " * 3000)
    assert find_wordings(("đoàn * * * nước ngoài [học tập]",), text, True) == ()


def test_nothing_is_found_without_wordings() -> None:
    assert compile_wordings(()) is None
    assert find_wordings((), "text") == ()


WORDINGS = [one for topic in load_profile("doi_ngoai").topics for one in topic.headings]
WORDS = sorted(
    {word for one in WORDINGS for word in one.translate(str.maketrans("()[]|*", "      ")).split()}
)


INDEX = WordIndex({one: (one,) for one in WORDINGS})


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=9),
    st.integers(0, 40),
    st.sampled_from(["", "a", "e", "0"]),
)
def test_the_index_leaves_out_nothing_that_a_pattern_would_find(some: list[str], at: int, slip: str) -> None:
    text = fold_words(" ".join(some))
    text = text[:at] + slip + text[at + 1 :] if slip and at < len(text) else text
    for fuzzy in (False, True):
        near = INDEX.may_match(text, fuzzy)
        for one in WORDINGS:
            pattern = compile_wordings((one,), fuzzy)
            assert one in near or pattern is None or pattern.search(text) is None, (one, text)


def test_a_text_without_the_words_of_a_wording_is_spared_its_pattern(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_wordings: tuple[str, ...], _fuzzy: bool = False) -> None:
        raise AssertionError("a pattern was run")

    monkeypatch.setattr(wording, "compile_wordings", refuse)
    text = fold_words("Tổng kinh phí là 25,4 tỷ đồng, tăng so với năm trước.")
    assert find_wordings(("đoàn * nước ngoài", "đoàn (ra|vào)"), text) == ()
    assert best_hit(("hội nghị [quốc tế]",), text, fuzzy=True) is None
    with pytest.raises(AssertionError, match="a pattern was run"):
        find_wordings(("tổng kinh phí",), text)
