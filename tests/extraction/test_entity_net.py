import pytest

from pipeline.extraction.entities import named, pipeline
from pipeline.extraction.entity_net import EntityNet
from tests.extraction.entity_examples import EXAMPLES

SENTENCES = [
    *("".join(part if isinstance(part, str) else part[1] for part in example) for example in EXAMPLES),
    "",
    "Đoàn",
    "Ngày 12/5/2021, Sở Ngoại vụ tỉnh Ninh Bình cử ông Nguyễn Văn An, Phó Giám đốc, đi Lào và Cộng hòa Liên bang Đức.",
    "Trong nam 2019 huyen Nga Son da tiep 05 doan voi 21 luot nguoi, tong kinh phi 2,5 trieu USD",
]


def test_the_net_decides_as_spacy_does_with_the_same_weights() -> None:
    nlp = pipeline()
    by_spacy = [
        [(entity.start, entity.end, entity.label_) for entity in doc.ents]
        for doc in nlp.pipe(SENTENCES, disable=["entity_ruler"])
    ]
    assert EntityNet(nlp.get_pipe("ner")).spans([nlp.make_doc(text) for text in SENTENCES]) == by_spacy
    assert sum(map(len, by_spacy)) > 20


def test_a_document_has_the_same_entities_whatever_was_read_before_it() -> None:
    nlp = pipeline()
    docs = [nlp.make_doc(text) for text in SENTENCES]
    alone = [EntityNet(nlp.get_pipe("ner")).spans([doc])[0] for doc in docs]
    net = EntityNet(nlp.get_pipe("ner"))
    assert [net.spans([doc])[0] for doc in reversed(docs)] == alone[::-1]


def test_a_long_archive_forgets_words_and_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    remembered = [named([text]) for text in SENTENCES]
    monkeypatch.setattr("pipeline.extraction.entities._MOST_WORDS", 0)
    monkeypatch.setattr("pipeline.extraction.entity_net._MOST_FORMS", 8)
    assert [named([text]) for text in SENTENCES] == remembered
    assert named(SENTENCES) == [spans for one in remembered for spans in one]
