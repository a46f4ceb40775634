"""Taking away the invisible text that an earlier OCR left on a page, so that a search does not find both."""

from __future__ import annotations

import pikepdf

_SHOWS = {"Tj", "TJ", "'", '"'}
_INVISIBLE = 3


def without_invisible_text(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Drop what ``page`` writes in rendering mode 3 (PDF 32000-1, 9.3.6); nothing that is seen changes.

    A page whose drawing program cannot be understood stays as it is.
    """
    if "/Font" not in page.resources:
        return
    try:
        program = pikepdf.parse_content_stream(page)
    except (pikepdf.PdfError, ValueError, TypeError):
        return
    kept, mode, saved = [], 0, []
    for instruction in program:
        operator = str(instruction.operator)
        if operator == "q":
            saved.append(mode)
        elif operator == "Q" and saved:
            mode = saved.pop()
        elif operator == "Tr" and len(instruction.operands) == 1:
            mode = int(instruction.operands[0])
        elif operator in _SHOWS and mode == _INVISIBLE:
            continue
        kept.append(instruction)
    if len(kept) < len(program):
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept))
