"""Whether who signed may sign so: the line of authority against the post under it (Decree 30/2020/NĐ-CP, Article 13)."""

from __future__ import annotations

from collections.abc import Iterable

import regex

from pipeline.checks.reported import page_of
from pipeline.document import Extraction, Finding
from pipeline.layout.conventions import conventions
from pipeline.text import fold, squeeze

_LINE = regex.compile(
    r"(?<!\p{L})(tm|kt|tl|tuq)\s?\.\s?([^.]{2,80}?)\s{0,3}(?=$|(?<!\p{L})(?:tm|kt|tl|tuq)\s?\.)"
)
_DEPUTY = regex.compile(r"pho\s|thu truong")


def authority_against_post(extraction: Extraction) -> Iterable[Finding]:
    """Yield a finding where the post does not go with the authority above it.

    KT. (ký thay) is signed by the deputy of the post it names. TL. (thừa lệnh) and TUQ. (thừa ủy quyền) are signed by
    the head of a lower body, never by the post they name nor by its deputy. Rows with doubts are left alone: a covered
    post has been guessed from this very rule.
    """
    authority, position = (extraction.first(f"doc.signer_{name}") for name in ("authority", "position"))
    if authority is None or position is None or authority.doubts or position.doubts:
        return
    if authority.state != "reported" or position.state != "reported":
        return
    lines = _LINE.findall(
        fold(squeeze(authority.value_text or "")).replace("t/m", "tm.").replace("k/t", "kt.")
    )
    if not lines:
        return
    power, named = lines[-1]
    head = squeeze(named)
    post = fold(squeeze(position.value_text or ""))
    deputies = {fold(of): fold(deputy) for of, deputy in conventions().deputies.items()}
    known = next((of for of in sorted(deputies, key=len, reverse=True) if head.startswith(of)), None)
    if known is None or not post:
        return
    deputy = deputies[known]
    if power == "kt":
        wrong = not (post.startswith(deputy) or (_DEPUTY.match(post) and post not in deputies.values()))
        why_vi, why_en = "KT. phải do cấp phó của chức vụ ấy ký", "KT. is signed by the deputy of that post"
    elif power in ("tl", "tuq"):
        wrong = post == known or post.startswith(deputy)
        why_vi = f"{power.upper()}. do người đứng đầu đơn vị cấp dưới ký"
        why_en = f"{power.upper()}. is signed by the head of a lower body"
    else:
        return
    if wrong:
        yield Finding(
            "authority_against_post",
            "warning",
            ("doc.signer_authority", "doc.signer_position"),
            f"“{authority.value_text}” nhưng người ký là “{position.value_text}”: {why_vi}",
            f"“{authority.value_text}” but the signer is “{position.value_text}”: {why_en}",
            page_of(position),
        )
