"""The style sheet of a look."""

from __future__ import annotations

from samples.generator.typeset.faces import metrics
from samples.generator.typeset.look import Look
from samples.generator.typeset.markup import CELL_SIDE

_LONGEST_LINE = 1200.0
"""Noto's own line is 1.36 of its size; no office sets that."""
_NUMBER = {
    "none": ("top-center", "none"),
    "top_centre": ("top-center", "counter(page)"),
    "bottom_centre": ("bottom-center", "counter(page)"),
    "bottom_right": ("bottom-right", "counter(page)"),
    "of_pages": ("bottom-right", '"Trang " counter(page) "/" counter(pages)'),
}


def sheet(look: Look) -> str:
    """Return the CSS of ``look``. Letters are neither kerned nor joined, as in a word processor by default."""
    line = min(metrics(look.face, (False, False)).line, _LONGEST_LINE) / 1000
    top, right, bottom, left = look.margins
    corner, number = _NUMBER[look.page_number]
    indent = f"{look.indent}mm"
    return f"""
@page {{ size: 210mm 297mm; margin: {top}mm {right}mm {bottom}mm {left}mm;
  @{corner} {{ content: {number}; font: {min(look.size, 13)}pt '{look.face}'; font-kerning: none }} }}
@page :first {{ @{corner} {{ content: none }} }}
@page upright {{ size: 210mm 297mm }}
@page wide {{ size: 297mm 210mm; margin: {right + 4}mm {top}mm {right}mm {top}mm }}
html {{ font-family: '{look.face}'; font-size: {look.size}pt; line-height: {line * look.leading:.4f};
  font-kerning: none; font-variant-ligatures: none; hyphens: manual; color: #000 }}
body {{ margin: 0; orphans: {look.widow_lines}; widows: {look.widow_lines} }}
p, div {{ margin: 0 }}
p {{ margin-bottom: {look.paragraph_gap}pt; text-align: {"justify" if look.justify else "left"} }}
.b {{ font-weight: bold }} .i {{ font-style: italic }} .u {{ text-decoration: underline }}
.pen {{ display: inline-block; text-align: center; visibility: hidden; white-space: nowrap; text-indent: 0;
  font-style: normal; font-weight: normal }}
.pen.wide {{ width: {look.pen_room[0]}mm }} .pen.narrow {{ width: {look.pen_room[1]}mm }}
.body, .heading, .bullet {{ text-indent: {indent} }}
.heading {{ margin-top: {look.heading_gap}pt; break-after: avoid; text-indent: {indent if look.heading_indent else 0} }}
{_bullet(look)}
.title, .subject, .centre, .addressee {{ text-align: center }}
.title {{ font-size: {look.title_size}pt; margin-top: {look.head_gap}pt; margin-bottom: 0; break-after: avoid }}
.subject {{ margin-bottom: 0 }} .centre {{ break-after: avoid }}
.note {{ font-style: italic; text-indent: {indent} }}
.addressee.first {{ margin-top: 6pt }}
.addressee.many {{ text-align: left; margin-left: {look.indent + 18}mm; margin-bottom: 0 }}
.addressee.item {{ margin-left: {look.indent + 30}mm }}
.addressee.last {{ margin-bottom: {look.paragraph_gap + 6}pt }}
.head .party {{ font-size: 1.12em }}
.rule {{ border-top: 0.75pt solid #000; margin: 3pt auto 0 auto; height: 0 }}
.after {{ margin-bottom: {look.paragraph_gap + 8}pt }}
table {{ border-collapse: collapse }} td, th {{ padding: 0; vertical-align: top; font-weight: inherit }}
{_letterhead(look, line)}
{_end(look, line)}
{_grid(look, line)}
.annex {{ break-before: page }} .annex.wide {{ page: wide }} .annex.upright {{ page: upright }}
"""


def _bullet(look: Look) -> str:
    if look.bullet == "hanging":
        return f".bullet {{ margin-left: {look.indent + 3}mm; text-indent: -3mm }}"
    return ".bullet { text-indent: 0 }" if look.bullet == "flush" else ""


def _letterhead(look: Look, line: float) -> str:
    left = look.head_left * 100
    return f"""
.head {{ table-layout: fixed; width: 100%; margin: 0 0 {look.head_gap + 4}pt; line-height: {line * look.head_leading:.4f} }}
.head td {{ text-align: center }} .head .l {{ width: {left:.2f}% }} .head .r {{ width: {100 - left:.2f}% }}
.reach {{ margin: 0 -{look.head_out}mm }}
.head .second td {{ padding-top: {look.head_gap}pt }}
.head .nowrap {{ white-space: nowrap }}
.head .vv {{ padding: 2pt 3mm 0 }}
.stamp {{ display: inline-block; border: 1.2pt solid #000; padding: 0.5pt 6pt; margin-top: 5pt; font-weight: bold }}
"""


def _end(look: Look, line: float) -> str:
    return f"""
.end {{ table-layout: fixed; width: 100%; margin-top: {look.end_gap}pt; break-inside: avoid; line-height: {line:.4f};
  break-before: {"avoid" if look.end_follows else "auto"} }}
.end .l {{ width: {look.end_left * 100:.2f}%; font-size: {look.recipients_size}pt }}
.end .r {{ text-align: center; font-size: {look.end_size}pt; font-weight: bold }}
.end .label {{ font-size: {look.recipients_size + 1}pt; font-weight: bold; font-style: italic }}
.sign {{ height: {look.sign_room}mm; margin: 0 auto; width: 52mm }}
"""


def _grid(look: Look, line: float) -> str:
    rule = f"{look.table_rule_width}pt solid #000"
    cells = (
        f".grid.ruled td, .grid.ruled th {{ border: {rule} }}"
        if look.table_rules == "all"
        else f".grid.ruled {{ border: {rule} }} .grid.ruled th {{ border: {rule} }}"
    )
    return f"""
.grid {{ table-layout: fixed; width: 100%; margin: 4pt 0 8pt; font-size: {look.table_size}pt; line-height: {line:.4f} }}
.grid td, .grid th {{ padding: {look.table_padding}pt {CELL_SIDE:g}pt; vertical-align: middle; text-align: left }}
.grid tr {{ break-inside: avoid }} .grid th {{ text-align: center }}
.grid .centre {{ text-align: center }} .grid .right {{ text-align: right }}
.grid th {{ font-weight: {"bold" if look.table_head_bold else "normal"} }}
{cells}
"""
