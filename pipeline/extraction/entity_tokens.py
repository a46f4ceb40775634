"""The text of a report as spaCy sees it: a blank Vietnamese pipeline whose tokens never lose an offset.

spaCy's own tokenizer for ``vi`` joins syllables and loses offsets; this one splits at spaces and punctuation only, so
that every entity maps back to words on the page.
"""

from __future__ import annotations

from typing import Any

import spacy
from spacy.attrs import NORM
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

from pipeline.text import fold

LABELS = (
    "ORG", "PERSON", "POST", "PLACE", "COUNTRY", "DATE", "PERIOD", "MONEY", "QUANTITY", "LEGAL_DOC", "EVENT", "PROGRAMME",
)  # fmt: skip

_OPENING = [r"[\(\[\{\"“”'‘’«»]", r"[.,;:!?…/&]", r"[-–—+*•]"]
_CLOSING = [r"[\)\]\}\"“”'‘’«»]", r"[.,;:!?…/&]", r"[-–—+*•]"]
_WITHIN = [
    r"(?<=[^\W\d_])[&/\-–](?=[^\W\d_])",  # HĐND&UBND, NĐ-CP
    r"(?<=[^\W\d_])/(?=\d)",  # 05 đoàn/31 lượt người
    r"(?<=\d)[/-](?=[^\W\d_])",  # 206/QĐ-UBND, 206-QĐ/TU
    r"(?<=[^\W\d_])[.,;:(](?=[^\W_])",  # a space that the reader lost
    r"(?<=\d)[;:(](?=[^\W_])",
]

NER: dict[str, Any] = {
    "model": {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": False,
        "nO": None,
        "tok2vec": {
            "@architectures": "spacy.Tok2Vec.v2",
            "embed": {
                "@architectures": "spacy.MultiHashEmbed.v2",
                "width": 64,
                "attrs": ["LOWER", "NORM", "SUFFIX", "SHAPE"],
                "rows": [4000, 3000, 1000, 500],
                "include_static_vectors": False,
            },
            "encode": {
                "@architectures": "spacy.MaxoutWindowEncoder.v2",
                "width": 64,
                "window_size": 1,
                "maxout_pieces": 2,
                "depth": 3,
            },
        },
    }
}
"""The net that finds entities: what a word looks like (as printed, folded, its end, its shape) and three words around."""


def blank() -> Language:
    """Return a Vietnamese pipeline without components; the norm of a word is its folded form."""
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": "spacy.Tokenizer.v1"}}})
    nlp.vocab.lex_attr_getters[NORM] = fold  # type: ignore[attr-defined]  # missing in spaCy's stubs
    nlp.tokenizer = Tokenizer(
        nlp.vocab,
        prefix_search=compile_prefix_regex(_OPENING).search,
        suffix_search=compile_suffix_regex(_CLOSING).search,
        infix_finditer=compile_infix_regex(_WITHIN).finditer,
    )
    return nlp
