"""Tables whose header was lost: the columns by their figures."""

from pipeline.document import TableCell
from pipeline.extraction.table_arithmetic import compared, is_numbering
from tests.extraction.reports import words
from tests.extraction.tabled import row, table, understood


def body(*rows: str) -> list[tuple[TableCell, ...]]:
    return [
        tuple(TableCell(words(text), r, r + 1, c, c + 1) for c, text in enumerate(line.split("|")))
        for r, line in enumerate(rows)
    ]


def test_a_column_that_is_the_share_of_two_others_tells_all_three() -> None:
    rows = body("1|Đoàn ra|72|92|78,3", "2|Lượt người|278|350|79,4", "3|Đoàn vào|17|13|130,8")
    assert compared(rows, [2, 3, 4]) == (2, {3, 4})
    shuffled = body("92|78,3|72", "350|79,4|278", "13|130,8|17")
    assert compared(shuffled, [0, 1, 2]) == (2, {0, 1})


def test_too_few_rows_or_shares_that_do_not_come_out_tell_nothing() -> None:
    assert compared(body("72|92|78,3", "278|350|79,4"), [0, 1, 2]) is None
    assert compared(body("72|92|11", "278|350|24", "17|13|5"), [0, 1, 2]) is None
    assert compared(body("5|3", "4|2", "9|1"), [0, 1]) is None


def test_what_numbers_the_rows_is_no_figure() -> None:
    assert is_numbering(body("1|a", "-|b", "-|c", "2|d", "3|e", "1|f"), 0)
    assert not is_numbering(body("5|a", "9|b", "2|c"), 0)
    assert not is_numbering(body("08|a", "120|b"), 0)


def test_without_a_header_the_own_figures_are_those_that_are_compared() -> None:
    lost = table(
        "6 tháng so với cùng kỳ",
        "1|Tổng số đoàn ra|12|10|đoàn|120",
        "2|Tổng số đoàn vào|18|24|đoàn|75",
        "3|Tổng kim ngạch xuất nhập khẩu|63|60|triệu USD|105",
        "4|Khách du lịch quốc tế|450|500|lượt khách|90",
        header_rows=0,
    )
    found = understood(lost)
    names = ("outbound.delegations", "inbound.delegations", "trade.turnover", "tourism.visitors")
    assert [row(found, name).value_number for name in names] == [12, 18, 63_000_000, 450]
