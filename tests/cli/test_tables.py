from decimal import Decimal

import pytest

from pipeline.cli.progress import _clock, _rate
from pipeline.cli.tables import value_of
from pipeline.document import FieldValue


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        (FieldValue("f", "reported", value_number=Decimal(80200000), currency="USD"), "80,200,000 USD"),
        (FieldValue("f", "reported", value_number=Decimal("86.1"), unit="%", qualifier="about"), "≈ 86.1 %"),
        (FieldValue("f", "none", value_number=Decimal(0), unit="đoàn"), "0 đoàn"),
        (FieldValue("f", "absent"), ""),
    ],
)
def test_values_are_shown_with_qualifier_and_unit(row: FieldValue, shown: str) -> None:
    assert value_of(row) == shown


def test_slow_rates_are_a_minute_and_times_have_hours() -> None:
    assert (_rate(0.05), _rate(2.04)) == ("3.0/min", "2.0/s")
    assert _clock(3725.9) == "1:02:05"
