import io

from rich.console import Console

from pipeline.cli.inspect import show_document
from pipeline.document import Document, Page


def test_what_was_made_of_the_text_layer_is_said_page_by_page() -> None:
    pages = (
        Page(1, 100, 100, 300, "text_layer", remark="the text layer was used; it is in TCVN3"),
        Page(2, 100, 100, 300, "scan"),
    )
    out = io.StringIO()
    show_document(Document("0", "a.pdf", (), 1, "ok", pages=pages), Console(file=out, width=200))
    assert "page 1: the text layer was used; it is in TCVN3" in out.getvalue()
    assert "page 2" not in out.getvalue()
