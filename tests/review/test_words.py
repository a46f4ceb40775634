from importlib import resources

import yaml

from pipeline.review.words import LANGUAGES, words


def test_every_text_is_a_pair_of_texts_and_neither_is_empty() -> None:
    """An unquoted comma makes three of two, and YAML takes On for true."""
    for language in LANGUAGES:
        for code, text in words(language).items():
            assert isinstance(text, str) and text.strip(), code


def test_no_text_has_more_than_two_languages() -> None:
    held = yaml.safe_load(resources.files("pipeline.review").joinpath("words.yaml").read_text("utf-8"))
    assert [code for code, pair in held.items() if len(pair) != len(LANGUAGES)] == []
