"""Numbers as Vietnamese read them: a dot for thousands, a comma for decimals."""

from __future__ import annotations

from decimal import Decimal


def told(value: float | Decimal | None, decimals: int | None = None) -> str:
    """Return ``value`` as text; without ``decimals`` as many as three leading digits need, none for whole numbers."""
    if value is None:
        return ""
    number = float(value)
    size = abs(number)
    text = f"{number:,.{(0 if size >= 1_000 else 1 if size >= 10 else 2) if decimals is None else decimals}f}"
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")


def share(part: float | None, whole: float | None, decimals: int = 1) -> str:
    """Return ``part`` of ``whole`` as a percentage, a dash where there is no whole."""
    if not whole or part is None:
        return "–"
    return f"{told(100 * part / whole, decimals)}\N{NO-BREAK SPACE}%"
