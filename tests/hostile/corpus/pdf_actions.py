"""PDFs that want something done: scripts, programs, other files, the network."""

from collections.abc import Iterator

from ...intake.pdfs import one_page, pdf, stream
from .case import Case
from .pdf_structure import BOX, WHOLE

KIND = "pdf-actions"


def opening(action: bytes, more: dict[int, bytes] | None = None) -> bytes:
    """A PDF that wants ``action`` when it is opened."""
    objects = one_page(["x"], box=BOX) | (more or {})
    return pdf(objects | {1: b"<</Type/Catalog/Pages 2 0 R/OpenAction " + action + b">>"})


def annotated(annotation: bytes, more: dict[int, bytes] | None = None) -> bytes:
    return pdf(one_page(["x"], box=BOX, page="/Annots[50 0 R]") | {50: annotation} | (more or {}))


def rooted(entry: bytes, more: dict[int, bytes] | None = None) -> bytes:
    return pdf(one_page(["x"], box=BOX) | (more or {}) | {1: b"<</Type/Catalog/Pages 2 0 R" + entry + b">>"})


def cases() -> Iterator[Case]:
    program = stream(b"/Type/EmbeddedFile", b"MZ\x90\x00" + bytes(500))
    attached = b"/Names<</EmbeddedFiles<</Names[(a.exe)60 0 R]>>>>"
    file = b"<</Type/Filespec/F(../../../../tmp/a.exe)/EF<</F 61 0 R>>>>"
    for name, content, says in (
        ("javascript", opening(b"<</S/JavaScript/JS(app.alert\\(1\\);while\\(1\\);)>>"), ""),
        ("launch", opening(b"<</S/Launch/F(/bin/sh)/Win<</F(cmd.exe)/P(/c calc)>>>>"), ""),
        ("launch-touch", opening(b"<</S/Launch/F(/usr/bin/touch)/P(launched)>>"), ""),
        ("uri", opening(b"<</S/URI/URI(http://192.0.2.1/)>>"), ""),
        ("go-elsewhere", opening(b"<</S/GoToR/F(/etc/passwd)/D[0/Fit]>>"), ""),
        ("submit", opening(b"<</S/SubmitForm/F(http://192.0.2.1/)>>"), ""),
        ("import", opening(b"<</S/ImportData/F(/etc/passwd)>>"), ""),
        ("actions-in-circle", opening(b"40 0 R", {40: b"<</S/JavaScript/JS(1)/Next 40 0 R>>"}), ""),
        ("every-event", rooted(b"/AA<</WC<</S/JavaScript/JS(1)>>/WP<</S/Launch/F(sh)>>>>"), ""),
        ("attached-program", rooted(attached, {60: file, 61: program}), ""),
        ("attached-pdf", rooted(attached, {60: file, 61: stream(b"/Type/EmbeddedFile", WHOLE)}), ""),
        ("portfolio", rooted(b"/Collection<</View/T>>" + attached, {60: file, 61: stream(b"/Type/EmbeddedFile", WHOLE)}),
         "portfolio"),
        ("xfa", rooted(b"/NeedsRendering true/AcroForm<</Fields[]/XFA 60 0 R>>",
                       {60: stream(b"", b"<xdp:xdp><script>1</script></xdp:xdp>")}), "XFA"),
        ("form-scripts", rooted(b"/AcroForm<</Fields[50 0 R]/CO[50 0 R]>>",
                                {50: b"<</FT/Tx/T(a)/AA<</K<</S/JavaScript/JS(1)>>>>/Kids[50 0 R]>>"}), ""),
        ("names-in-circle", rooted(b"/Names<</JavaScript 60 0 R>>", {60: b"<</Kids[60 0 R]>>"}), ""),
        ("outline-in-circle", rooted(b"/Outlines 60 0 R", {60: b"<</First 61 0 R/Last 61 0 R>>",
                                                          61: b"<</Title(a)/Parent 60 0 R/Next 61 0 R/First 60 0 R>>"}), ""),
        ("layers-in-circle", rooted(b"/OCProperties<</OCGs[60 0 R]/D<</Order[60 0 R[60 0 R]]/OFF[60 0 R]>>>>",
                                    {60: b"<</Type/OCG/Name(a)>>"}), ""),
        ("film", annotated(b"<</Type/Annot/Subtype/RichMedia/Rect[0 0 99 99]>>"), ""),
        ("sound", annotated(b"<</Type/Annot/Subtype/Sound/Rect[0 0 9 9]/Sound 51 0 R>>",
                            {51: stream(b"/Type/Sound/R 8000", bytes(800))}), ""),
        ("appearance-in-circle", annotated(b"<</Type/Annot/Subtype/Stamp/Rect[0 0 99 99]/AP<</N 51 0 R>>>>",
            {51: stream(b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 51 0 R>>>>", b"/A Do")}), ""),
        ("page-of-another-file", annotated(b"<</Type/Annot/Subtype/Stamp/Rect[0 0 99 99]/AP<</N 51 0 R>>>>",
            {51: stream(b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Ref<</F(/etc/passwd)/Page 0>>", b"")}), ""),
    ):  # fmt: skip
        yield Case(KIND, f"{name}.pdf", content, says)
