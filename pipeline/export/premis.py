"""PREMIS 3 for one document: the scan as an object, what happened to it as events, and who did it as agents.

Data dictionary: https://www.loc.gov/standards/premis/v3/. Types of events are of the Library of Congress's vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from pipeline import __version__
from pipeline.export.source import ExportedDocument, Row, Source
from pipeline.export.xml import Element, element, xml_bytes

NAMESPACE = "http://www.loc.gov/premis/v3"
_TYPES = "http://id.loc.gov/vocabulary/preservation/eventType"
_VOCABULARY = {
    "message digest calculation": "mes",
    "metadata extraction": "mdx",
    "metadata modification": "mem",
}


@dataclass(frozen=True)
class Premis:
    """The scan of a document as an object, its events, and their agents."""

    object: Element
    events: tuple[Element, ...]
    agents: tuple[Element, ...]

    def whole(self) -> bytes:
        """Return a PREMIS file that holds all of it."""
        space = {
            "xmlns:premis": NAMESPACE,
            "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
            "xsi:schemaLocation": f"{NAMESPACE} https://www.loc.gov/standards/premis/premis.xsd",
        }
        return xml_bytes(
            element("premis:premis", self.object, *self.events, *self.agents, version="3.0", **space)
        )


def premis(source: Source, document: ExportedDocument, mime: str) -> Premis:
    """Return what PREMIS says of ``document``, whose scan is of type ``mime``."""
    people = dict.fromkeys(
        row["reviewed_by"] for row in source.rows_of("fields", document) if row["reviewed_by"]
    )
    software = f"sohoa {document.row['pipeline_version'] or __version__}"
    agents = (
        _agent(_software(document), software, "software"),
        *(_agent(_person(name), name, "person") for name in people),
    )
    return Premis(_object(document, mime), tuple(_events(source, document)), agents)


def _object(document: ExportedDocument, mime: str) -> Element:
    return element(
        "premis:object",
        _identifier("object", "SHA-256", document.doc_id),
        element(
            "premis:objectCharacteristics",
            element("premis:compositionLevel", text="0"),
            element(
                "premis:fixity",
                element("premis:messageDigestAlgorithm", text="SHA-256"),
                element("premis:messageDigest", text=document.doc_id),
            ),
            element("premis:size", text=str(document.row["file_bytes"])),
            element(
                "premis:format",
                element("premis:formatDesignation", element("premis:formatName", text=mime)),
            ),
        ),
        element("premis:originalName", text=document.source),
        **{"xsi:type": "premis:file"},
    )


def _events(source: Source, document: ExportedDocument) -> Iterator[Element]:
    read = source.made_at
    software, scan = _software(document), document.doc_id
    yield _event(
        scan,
        1,
        "message digest calculation",
        read,
        "SHA-256 of the scan, by which it is known",
        "success",
        software,
    )
    status = document.row["status"]
    outcome = "success" if status == "ok" else "warning" if status == "partial" else "fail"
    pages = source.rows_of("pages", document)
    done = sum(page["status"] == "ok" for page in pages)
    reader = document.row["reader"] or "sohoa"
    detail = f"text of {done} of {len(pages)} pages read by {reader}, profile {document.row['profile']}"
    yield _event(scan, 2, "metadata extraction", read, detail, outcome, software, document.row["error"])
    for number, row in enumerate(_reviewed(source.rows_of("fields", document)), start=3):
        decided = row["reviewed_at"] or read
        detail = f"field {row['field']} decided by a person"
        yield _event(
            scan, number, "metadata modification", decided, detail, "success", _person(row["reviewed_by"])
        )


def _reviewed(rows: list[Row]) -> list[Row]:
    """Return one row of each field that a person decided, the earliest decision first."""
    first = {row["field"]: row for row in reversed(rows) if row["reviewed_by"]}
    return sorted(
        first.values(), key=lambda row: (row["reviewed_at"] or datetime.max.replace(tzinfo=UTC), row["field"])
    )


def _event(
    scan: str,
    number: int,
    kind: str,
    when: datetime,
    detail: str,
    outcome: str,
    agent: str,
    note: str | None = None,
) -> Element:
    told = [element("premis:eventOutcome", text=outcome)]
    if note:
        told.append(element("premis:eventOutcomeDetail", element("premis:eventOutcomeDetailNote", text=note)))
    return element(
        "premis:event",
        _identifier("event", "local", f"{scan}:event:{number}"),
        element(
            "premis:eventType", text=kind,
            authority="eventType", authorityURI=_TYPES, valueURI=f"{_TYPES}/{_VOCABULARY[kind]}",
        ),
        element("premis:eventDateTime", text=f"{when.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"),
        element("premis:eventDetailInformation", element("premis:eventDetail", text=detail)),
        element("premis:eventOutcomeInformation", *told),
        element(
            "premis:linkingAgentIdentifier",
            element("premis:linkingAgentIdentifierType", text="local"),
            element("premis:linkingAgentIdentifierValue", text=agent),
        ),
        element(
            "premis:linkingObjectIdentifier",
            element("premis:linkingObjectIdentifierType", text="SHA-256"),
            element("premis:linkingObjectIdentifierValue", text=scan),
        ),
    )  # fmt: skip


def _agent(value: str, name: str, kind: str) -> Element:
    return element(
        "premis:agent",
        _identifier("agent", "local", value),
        element("premis:agentName", text=name),
        element("premis:agentType", text=kind),
    )


def _identifier(of: str, kind: str, value: str) -> Element:
    return element(
        f"premis:{of}Identifier",
        element(f"premis:{of}IdentifierType", text=kind),
        element(f"premis:{of}IdentifierValue", text=value),
    )


def _software(document: ExportedDocument) -> str:
    return f"software:sohoa:{document.row['pipeline_version'] or __version__}"


def _person(name: str) -> str:
    return f"person:{name}"
