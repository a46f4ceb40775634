"""Whether a PDF may call itself PDF/A-2u (ISO 19005-2), and the marks by which it does.

Only the plain case is vouched for: pages that are pictures, and the invisible text laid over them. Whatever is not known to
be sound there (fonts, forms, annotations, transparency, other colours than grey and RGB) leaves the file a plain PDF.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import ImageCms

from pipeline.export.glyphless import FONT

_PROGRAM = set(
    "q Q cm Do re W W* n g G rg RG f f* w J j M d m l h c v y S s B b BT ET Tf Tr Tz Tm Tj".split()  # noqa: SIM905
)
_FILTERS = {
    "/DCTDecode",
    "/FlateDecode",
    "/CCITTFaxDecode",
    "/JBIG2Decode",
    "/RunLengthDecode",
    "/ASCII85Decode",
}
_OF_CATALOGUE = {"/Type", "/Pages", "/Metadata", "/OutputIntents", "/Lang", "/PageLayout", "/PageMode", "/PageLabels",
                 "/ViewerPreferences", "/Version", "/MarkInfo"}  # fmt: skip
_OF_PAGE = {"/Type", "/Parent", "/MediaBox", "/CropBox", "/TrimBox", "/BleedBox", "/ArtBox", "/Rotate", "/Contents",
            "/Resources", "/LastModified"}  # fmt: skip
_OF_IMAGE = {"/Type", "/Subtype", "/Width", "/Height", "/BitsPerComponent", "/ColorSpace", "/Filter", "/DecodeParms",
             "/Length", "/Name", "/Decode", "/ImageMask", "/Metadata"}  # fmt: skip
_NUMBERS_IN_HEAD = slice(24, 36)
"""When an ICC profile was made: the same profile must have the same bytes."""


def obstacles(pdf: pikepdf.Pdf) -> str:
    """Return in plain words the first thing that keeps ``pdf`` from being PDF/A-2u, "" where nothing does."""
    return next(_obstacles(pdf), "")


def _obstacles(pdf: pikepdf.Pdf) -> Iterator[str]:
    odd = sorted(set(pdf.Root.keys()) - _OF_CATALOGUE)
    if odd:
        yield f"it holds {', '.join(odd)}"
    for number, page in enumerate(pdf.pages, start=1):
        try:
            yield from (f"page {number}: {what}" for what in _of_page(page))
        except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError):
            yield f"page {number}: it is not built as it should be"


def _of_page(page: pikepdf.Page) -> Iterator[str]:
    odd = sorted(set(page.obj.keys()) - _OF_PAGE)
    if odd:
        yield f"it holds {', '.join(odd)}"
    resources = page.resources
    fonts = sorted(set(resources.get("/Font", Dictionary()).keys()) - {f"/{FONT}"})
    if fonts:
        yield "it has text of its own"
    kinds = sorted(set(resources.keys()) - {"/Font", "/XObject", "/ProcSet"})
    if kinds:
        yield f"it draws with {', '.join(kinds)}"
    for instruction in pikepdf.parse_content_stream(page):
        if str(instruction.operator) not in _PROGRAM:
            yield f"it draws with {instruction.operator}"
    for image in resources.get("/XObject", Dictionary()).values():
        yield from _of_image(image)


def _of_image(image: Any) -> Iterator[str]:
    if image.get("/Subtype") != "/Image":
        yield "it draws more than pictures"
        return
    odd = sorted(set(image.keys()) - _OF_IMAGE)
    if odd and not (odd == ["/Interpolate"] and image["/Interpolate"] is False):
        yield f"a picture has {', '.join(odd)}"
    filters = image.get("/Filter", Array())
    if not {str(name) for name in (filters if isinstance(filters, Array) else [filters])} <= _FILTERS:
        yield "a picture is packed as PDF/A does not allow or sohoa does not judge"
    if image.get("/ImageMask") is not True and not _is_known(image.get("/ColorSpace")):
        yield "a picture has other colours than grey and RGB"


def _is_known(space: Any) -> bool:
    if isinstance(space, Array) and len(space) == 4 and str(space[0]) == "/Indexed":
        return _is_known(space[1])
    if isinstance(space, Array) and len(space) == 2 and str(space[0]) == "/ICCBased":
        return int(space[1].get("/N", 0)) in {1, 3}
    return str(space) in {"/DeviceGray", "/DeviceRGB"}


def declare(pdf: pikepdf.Pdf, *, title: str, identifier: str, archival: bool) -> None:
    """Write title, language and identifier into ``pdf`` and, with ``archival``, the marks of PDF/A-2u."""
    pdf.Root["/Lang"] = pikepdf.String("vi-VN")
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]  # what scanners wrote there need not agree with what is said here
    if "/Metadata" in pdf.Root:
        del pdf.Root["/Metadata"]
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["dc:title"] = title
        metadata["dc:identifier"] = identifier
        metadata["dc:language"] = {"vi"}
        metadata["xmp:CreatorTool"] = "sohoa"
        if archival:
            metadata["pdfaid:part"] = "2"
            metadata["pdfaid:conformance"] = "U"
    if archival:
        profile = pikepdf.Stream(pdf, _srgb(), N=3, Alternate=Name.DeviceRGB)
        intent = Dictionary(
            Type=Name.OutputIntent, S=Name("/GTS_PDFA1"), OutputConditionIdentifier=pikepdf.String("sRGB"),
            Info=pikepdf.String("sRGB IEC61966-2.1"), DestOutputProfile=pdf.make_indirect(profile),
        )  # fmt: skip
        pdf.Root["/OutputIntents"] = Array([pdf.make_indirect(intent)])


def _srgb() -> bytes:
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[_NUMBERS_IN_HEAD] = bytes.fromhex("07d000010001000000000000")  # 1 January 2000
    return bytes(profile)
