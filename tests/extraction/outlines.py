"""Small outlines for tests: a preamble and one section a heading, every word at full confidence."""

from pipeline.document import Box, Outline, Paragraph, Passage, Section, Word


def paragraph(text: str, confidence: float = 1.0) -> Paragraph:
    return Paragraph(tuple(Word(word, Box(0, 0, 1, 1), confidence, 1) for word in text.split()))


def outline(*texts: str, heading: str = "KẾT QUẢ NĂM 2021", key: str = "") -> Outline:
    body = tuple(paragraph(text) for text in texts)
    preamble = Section("0", 0, "", None, "none", Passage(()))
    return Outline((preamble, Section("1", 1, "I", 1, "roman", paragraph(heading), body, key)))
