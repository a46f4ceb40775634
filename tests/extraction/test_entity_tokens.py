from hypothesis import given
from hypothesis import strategies as st

from pipeline.extraction.entity_tokens import blank

NLP = blank()


def tokens(text: str) -> list[str]:
    return [token.text for token in NLP(text)]


def test_punctuation_and_joined_amounts_are_tokens_of_their_own() -> None:
    assert tokens("(11 đoàn/68 lượt người), HĐND&UBND.") == [
        "(", "11", "đoàn", "/", "68", "lượt", "người", ")", ",", "HĐND", "&", "UBND", ".",
    ]  # fmt: skip


def test_the_parts_of_a_number_stay_together() -> None:
    assert tokens("1.221 lượt, 8,5%, 20,5km") == ["1.221", "lượt", ",", "8,5%", ",", "20,5km"]


def test_a_lost_space_behind_a_comma_does_not_glue_two_words() -> None:
    assert tokens("Lào,Thái Lan") == ["Lào", ",", "Thái", "Lan"]


@given(st.text(alphabet="aàđĐ1 .,;:()/-–&%“”'\t", max_size=60))
def test_every_token_stands_where_it_says(text: str) -> None:
    doc = NLP(text)
    assert doc.text == text
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)
