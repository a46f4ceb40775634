import hashlib
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import etree

from pipeline.export.formats import export
from pipeline.export.source import Source

SCHEMAS = Path(__file__).parent / "schemas"
METS = "{http://www.loc.gov/METS/}"
PREMIS = "{http://www.loc.gov/premis/v3}"
HREF = "{http://www.w3.org/1999/xlink}href"


@pytest.fixture(scope="module")
def packages(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    outcome = export(Source(shared), "mets", tmp_path_factory.mktemp("mets"), lambda _: None)
    assert not outcome.left_out
    return [path.parent for path in outcome.files if path.name == "mets.xml"]


def mets(package: Path) -> etree._ElementTree:
    return etree.parse(package / "mets.xml")


def test_every_package_is_valid_by_the_schema(packages: list[Path]) -> None:
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "mets-1-12.xsd"))
    assert len(packages) == 2
    for package in packages:
        schema.assertValid(mets(package))


def test_every_file_is_there_with_its_size_and_checksum_and_no_other(packages: list[Path]) -> None:
    for package in packages:
        tree = mets(package)
        listed = {"mets.xml"}
        for file in (*tree.iter(f"{METS}file"), *tree.iter(f"{METS}mdRef")):
            place = file if file.tag == f"{METS}mdRef" else file[0]
            path = package / unquote(place.get(HREF))
            content = path.read_bytes()
            assert file.get("CHECKSUMTYPE") == "SHA-256"
            assert file.get("CHECKSUM") == hashlib.sha256(content).hexdigest()
            assert int(file.get("SIZE")) == len(content)
            listed.add(path.relative_to(package).as_posix())
        assert listed == {
            path.relative_to(package).as_posix() for path in package.rglob("*") if path.is_file()
        }


def test_the_original_is_the_scan_itself(packages: list[Path], source: Source) -> None:
    for package, document in zip(packages, source.documents, strict=True):
        (original,) = (package / "original").iterdir()
        assert original.read_bytes() == Path(document.source).read_bytes()
        assert hashlib.sha256(original.read_bytes()).hexdigest() == document.doc_id


def test_maps_go_by_page_and_by_heading(packages: list[Path]) -> None:
    tree = mets(packages[0])
    ids = {file.get("ID") for file in tree.iter(f"{METS}file")}
    assert {pointer.get("FILEID") for pointer in tree.iter(f"{METS}fptr")} <= ids
    (original,) = [file for file in tree.iter(f"{METS}file") if file.get("ADMID")]
    sections = {part.get("ID") for part in next(tree.iter(f"{METS}amdSec"))}
    assert set(original.get("ADMID").split()) <= sections
    physical, logical = tree.iter(f"{METS}structMap")
    pages = [div for div in physical.iter(f"{METS}div") if div.get("TYPE") == "page"]
    assert [div.get("ORDER") for div in pages] == ["1", "2"]
    assert all(len(div) == 2 for div in pages)  # text and picture
    (section,) = [div for div in logical.iter(f"{METS}div") if div.get("LABEL", "").startswith("I Ủ")]
    assert section[1].get("LABEL").startswith("I.1 ")


def test_premis_tells_reading_and_review_with_their_agents(packages: list[Path], source: Source) -> None:
    tree = mets(packages[0])
    events = list(tree.iter(f"{PREMIS}event"))
    kinds = [event.findtext(f"{PREMIS}eventType") for event in events]
    assert kinds == ["message digest calculation", "metadata extraction", "metadata modification"]
    assert [event.findtext(f"{PREMIS}eventDateTime") for event in events] == [
        "2026-03-01T08:00:00Z", "2026-03-01T08:00:00Z", "2026-03-02T09:30:00Z",
    ]  # fmt: skip
    agents = {
        agent.findtext(f"{PREMIS}agentIdentifier/{PREMIS}agentIdentifierValue")
        for agent in tree.iter(f"{PREMIS}agent")
    }
    linked = {value.text for value in tree.iter(f"{PREMIS}linkingAgentIdentifierValue")}
    assert linked == agents
    assert "person:Lan" in agents
    whole = etree.parse(packages[0] / "premis.xml")
    held = whole.find(f"{PREMIS}object")
    assert held.findtext(f".//{PREMIS}messageDigest") == source.documents[0].doc_id
    assert int(held.findtext(f".//{PREMIS}size")) == source.documents[0].row["file_bytes"]
    assert len(whole.findall(f"{PREMIS}event")) == 3


def test_the_record_of_the_decree_is_inside(packages: list[Path]) -> None:
    record = mets(packages[0]).find(".//{urn:sohoa:nd30-2020:phu-luc-vi}Document")
    told = {etree.QName(entry).localname: entry.text for entry in record if entry.text}
    assert told["TypeName"] == "Báo cáo"
    assert told["IssuedDate"] == "05/11/2024"
    assert told["To"] == "Sở Ngoại vụ; Lưu: VT"
    assert record.find("{*}FileCode").get("vi") == "Mã hồ sơ"
