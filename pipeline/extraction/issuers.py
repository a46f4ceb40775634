"""The body that issued a cited document: the words after "của", as far as they can be part of a body's name."""

from __future__ import annotations

import regex

from pipeline.text import fold, squeeze

_OF = regex.compile(r"[\s,]{0,3}(?:của|do)\s+", regex.I)
_TOKEN = regex.compile(r"(\s{0,3})([\p{L}\d&./]{1,60}|[-–—])")
_LONGEST = 24

# Lower-case words that names of bodies are made of; any other lower-case word ends the name. Whole phrases, because
# single ones also open what follows ("công" in "công bố", "thường" in "thường xuyên").
_WORDS_WITHIN = (
    "nhân dân|ủy ban|hội đồng|hội đồng nhân dân|uỷ ban|ủy|uỷ|tỉnh|huyện|thị xã|thành phố|thị trấn|quận|phường|xã|đặc khu"
    "|trung ương|cộng sản|việt nam|đảng|phủ|chính phủ|chính trị|bí thư|thường vụ|thường trực|chấp hành|chủ tịch"
    "|phó chủ tịch|tướng|thủ tướng|trưởng|bộ trưởng|bộ|sở|ban|ngành|ngoại giao|ngoại vụ|nội vụ|tỉnh ủy|thành ủy"
    "|huyện ủy|thị ủy|đảng ủy|quốc hội|hội|văn phòng|phòng|tư pháp|tài chính|công an|công thương|y tế|xây dựng"
    "|kế hoạch|đầu tư|nông nghiệp|phát triển nông thôn|môi trường|tài nguyên|giao thông vận tải|khoa học|công nghệ"
    "|giáo dục|đào tạo|thông tin|truyền thông|văn hóa|thể thao|du lịch|lao động|thương binh|xã hội|tuyên giáo"
    "|đối ngoại|dân vận|tổ chức|nội chính|dân tộc|tôn giáo|chỉ đạo|chỉ huy|quân sự|biên phòng|bộ đội biên phòng"
    "|quản lý|khu kinh tế|nhà nước|nước|người|hội nhập quốc tế|quốc tế|mặt trận|tổ quốc|liên hiệp|hữu nghị|cán sự"
    "|khóa|khoá|lần thứ|chủ nhiệm|giám đốc|thứ trưởng|các|liên bộ|tối cao|kiểm sát|tòa án|thanh tra|cục|tổng cục"
)
_WITHIN = frozenset(fold(phrase) for phrase in _WORDS_WITHIN.split("|"))
_LONGEST_PHRASE = max(phrase.count(" ") + 1 for phrase in _WITHIN)
_AFTER_COMMA = regex.compile(r",\s(?:thể thao|chủ nhiệm|gia đình|trẻ em)", regex.I)
_NEW_DOCUMENT = regex.compile(
    r"\s(?:và|&)\s(?:các\s)?(?:nghị quyết|quyết định|chỉ thị|kế hoạch|công văn|thông báo|nghị định|thông tư|luật|kết luận"
    r"|hướng dẫn|chương trình|báo cáo|tờ trình|quy chế|quy định|đề án)(?!\p{L})",
    regex.I,
)
_ACTION = regex.compile(
    r"\s(?:ban hành|quy định|công bố|phê duyệt|triển khai|hướng dẫn|kế hoạch triển|tổ chức thực|tổ chức triển"
    r"|báo cáo)(?!\p{L})"
)


def issuer_after(text: str, at: int, stop: int) -> tuple[str, int]:
    """Return the issuer that "của …" names at ``at`` and the offset after it; ("", at) when none is named there."""
    opening = _OF.match(text, at, stop)
    if opening is None:
        return "", at
    position = opening.end()
    end = position
    for _ in range(_LONGEST):
        if _AFTER_COMMA.match(text, position, stop):
            position += 1
        if _NEW_DOCUMENT.match(text, position, stop) or _ACTION.match(text, position, stop):
            break
        token = _TOKEN.match(text, position, stop)
        if token is None:
            break
        word = token[2]
        if word[0].isupper():
            # "Bộ Chính trị", "Chủ tịch": a capital may open a phrase that goes on in lower case.
            position = token.start(2) + max(len(word), _phrase_length(text, token.start(2), stop))
        elif word in ("và", "&", "-", "–", "—"):
            following = _TOKEN.match(text, token.end(), stop)
            if following is None or not _belongs(text, following.start(2), stop):
                break
            position = token.end()
            continue
        else:
            length = _phrase_length(text, token.start(2), stop)
            if length == 0:
                break
            position = token.start(2) + length
        end = position
        if text[end - 1] == ".":
            break
    issuer = squeeze(text[opening.end() : end]).strip(" .,;-–")
    return (issuer, end) if issuer and any(c.isupper() for c in issuer) else ("", at)


def _belongs(text: str, at: int, stop: int) -> bool:
    return text[at].isupper() or _phrase_length(text, at, stop) > 0


def _phrase_length(text: str, at: int, stop: int) -> int:
    """Return the length of the longest lower-case phrase of a body's name printed at ``at``; 0 without one."""
    words = text[at : min(stop, at + 60)].split(" ")[:_LONGEST_PHRASE]
    for count in range(len(words), 0, -1):
        phrase = " ".join(words[:count])
        bare = phrase.rstrip(",.;:)")
        if fold(bare) in _WITHIN and "\n" not in bare:
            return len(bare)
    return 0
