import numpy as np

from pipeline.document import Passage
from pipeline.extraction.candidates import Said
from pipeline.extraction.profile import load_profile
from pipeline.extraction.scope import ReportPeriod
from pipeline.extraction.scorer import rows_of
from pipeline.extraction.statements import Head, Statement
from pipeline.extraction.word_features import rows_of_words
from tests.extraction.reports import words

OWN = ReportPeriod(2021, "year")


def test_the_rows_of_a_word_are_those_of_what_is_seen_around_it() -> None:
    text = Passage(words("Đầu mối: Phòng Nội vụ, năm 2021."))
    label = Head(text.span(0, 8), ("contact",))
    said = Said(Statement(text, 8, (label,), "1", True, True, 0))
    rows = rows_of_words(said, OWN, load_profile("doi_ngoai"))
    assert len(rows) == len(text.words)
    third = [  # "Phòng"
        "W:phong", "shape:capital", "in:False", "stop-::", "stop:",
        "-0:moi", "-1:dau", "<:moi", "<:dau", "-01:moi_phong", "-12:moi_dau",
        "+0:noi", "+1:vu", "+2:nam", ">:noi", ">:vu", ">:nam", ">:0", "+01:phong_noi", "+12:noi_vu",
        "kind:org:B",
        "O:dau", "O:moi", "O::", "O2:dau_moi", "O2:moi_:", "T:contact",
    ]  # fmt: skip
    assert np.array_equal(rows[2], rows_of("", third))
