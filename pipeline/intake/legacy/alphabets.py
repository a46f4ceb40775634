"""The letters of the old Vietnamese encodings, as data.

Sources: TCVN3 is the lower half of TCVN 5712:1993 (table VN3, the "ABC" fonts .VnTime, .VnArial …) with the capitals that
table VN1 adds in the same bytes, as glibc's charmap ``TCVN5712-1:1993`` has it; VNI-Windows is the table of the VNI fonts
(VNI-Times …), a mark being a letter of its own after the vowel.
"""

TCVN3 = {
    code: letter
    for code, letter in enumerate(
        "ĂÂÊÔƠƯĐăâêôơưđẰ"  # A1–AF
        "·····àảãáạẲằẳẵắ"  # B0–BE; B0–B4 are combining marks, which the fonts do not use
        "ẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩ"  # BF–DC
        "íịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứự"  # DD–F9
        "ỳỷỹýỵỐ",  # FA–FF
        start=0xA1,
    )
    if letter != "·"
}
"""Byte → letter of TCVN3. In the fonts whose names end in H (.VnTimeH) the same bytes are drawn as capitals."""

_VNI_TONES = "ùøûõï"
"""Sắc, huyền, hỏi, ngã, nặng, each a letter after the vowel."""
_VNI_VOWELS = {
    "a": ("áàảãạ", _VNI_TONES),
    "e": ("éèẻẽẹ", _VNI_TONES),
    "o": ("óòỏõọ", _VNI_TONES),
    "u": ("úùủũụ", _VNI_TONES),
    "y": ("ýỳỷỹ", "ùøûõ"),
    "ô": ("ớờởỡợ", _VNI_TONES),
    "ö": ("ứừửữự", _VNI_TONES),
}
_VNI_ROOFED = {"a": "âấầẩẫậ", "e": "êếềểễệ", "o": "ôốồổỗộ"}
_VNI_ROOFS = "âáàåãä"
_VNI_SHORT = ("ăắằẳẵặ", "êéèúüë")
_VNI_SINGLE = {"ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ"}


def _vni() -> dict[str, str]:
    letters = dict(_VNI_SINGLE)
    for vowel, (drawn, marks) in _VNI_VOWELS.items():
        letters |= {vowel + mark: letter for letter, mark in zip(drawn, marks, strict=True)}
    for vowel, drawn in _VNI_ROOFED.items():
        letters |= {vowel + mark: letter for letter, mark in zip(drawn, _VNI_ROOFS, strict=True)}
    letters |= {"a" + mark: letter for letter, mark in zip(*_VNI_SHORT, strict=True)}
    return letters | {code.upper(): letter.upper() for code, letter in letters.items()}


VNI = _vni()
"""One or two Windows-1252 characters → letter of VNI-Windows, both cases."""
