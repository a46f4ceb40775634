"""Small helps for writing XML: elements under elements, and files with a head that says UTF-8."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import regex

_FORBIDDEN = regex.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, whatever it is escaped as."""

Element = ET.Element


def element(tag: str, /, *parts: Element, text: str | None = None, **attributes: object) -> Element:
    """Return an element with ``parts``. Attributes that are None are left out, an underscore after a name (class_) too."""
    made = ET.Element(
        tag, {key.rstrip("_"): legal(str(value)) for key, value in attributes.items() if value is not None}
    )
    if text is not None:
        made.text = legal(text)
    made.extend(parts)
    return made


def legal(text: str) -> str:
    """Return ``text`` without what XML cannot hold."""
    return _FORBIDDEN.sub("\ufffd", text)


def xml_bytes(root: Element, *, declared: bool = True) -> bytes:
    """Return ``root`` as an indented XML file in UTF-8, ``declared`` as such or not."""
    ET.indent(root, " ")
    made: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=declared) + b"\n"
    return made
