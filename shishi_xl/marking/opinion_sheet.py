"""Opinions → the XML of the sheet 审核意见: a row for each problem, and a column for the answer."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from ..cells import cell_text
from ..layout import ANSWER_FILL, BODY_SIZE, PLAIN_SIZE
from ..opinions import HEADERS, NUMBER, SAID
from ..wrap import row_height
from .cells import letters
from .opinion import Opinion, Opinions
from .package import MAIN
from .strip_round import COLOURS
from .style_sheet import StyleSheet, solid

_WIDTHS = (5.0, 2.0, 2.0, 7.0, 19.0, 24.0, 20.0, 27.0, 27.0, 28.0)
_HIDDEN = (
    2,
    3,
)  # the marks, and the fills from before; between 编号 and 类别, where copies take them along
_FOUND = 100  # characters of what was found: the whole of it stands in its cell
_LAST = letters(len(_WIDTHS))
_FONT = '<sz val="{}"/><name val="{}"/>'
_PROMPT = "“核实”的，属实请写明原因，不少于6个字；“强制”的请直接改原单元格。"


def opinion_sheet(opinions: Opinions, fills: Mapping[str, str], styles: StyleSheet) -> bytes:
    """The worksheet. `fills`: mark → what is kept of the cells' fills from before."""
    look = _Look(styles)
    width = sum(w for i, w in enumerate(_WIDTHS, 1) if i not in _HIDDEN)
    rows = [_wide(1, opinions.heading, look.title, 34)]
    for at, line in enumerate(opinions.guide, 2):
        rows.append(_wide(at, line, look.guide, row_height([(line, width)], BODY_SIZE, 20)))
    head = len(rows) + 1
    places = [i for i in range(1, len(_WIDTHS) + 1) if i not in _HIDDEN]
    cells = [_cell(head, i, text, look.head) for i, text in zip(places, HEADERS, strict=True)]
    rows.append(f'<row r="{head}" ht="24" customHeight="1">{"".join(cells)}</row>')
    links = []
    for at, opinion in enumerate(opinions.rows, 1):
        row = head + at
        rows.append(_row(row, at, opinion, fills.get(opinion.mark, ""), look))
        if opinion.sheet and opinion.cells:
            sheet = opinion.sheet.replace("'", "''")
            target = f"'{sheet}'!{opinion.cells[0]}"
            links.append(f'<hyperlink ref="F{row}" location={quoteattr(target)} display={quoteattr(opinion.where)}/>')  # fmt: skip
    last = head + len(opinions.rows)
    merges = "".join(f'<mergeCell ref="A{r}:{_LAST}{r}"/>' for r in range(1, head))
    cols = "".join(_col(i, w) for i, w in enumerate(_WIDTHS, 1))
    data, tab = "".join(rows), COLOURS["强制"]
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}">'
        f'<sheetPr><tabColor rgb="FF{tab}"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:{_LAST}{last}"/>'
        '<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">'
        f'<pane ySplit="{head}" topLeftCell="A{head + 1}" activePane="bottomLeft" state="frozen"/>'
        f'<selection pane="bottomLeft" activeCell="{_LAST}{head + 1}" sqref="{_LAST}{head + 1}"/>'
        f'</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>{cols}</cols>'
        f'<sheetData>{data}</sheetData>'
        '<sheetProtection sheet="1" formatCells="0" formatColumns="0" formatRows="0"/>'
        f'<mergeCells count="{head - 1}">{merges}</mergeCells>'
        '<dataValidations count="1"><dataValidation allowBlank="1" showInputMessage="1"'
        f' promptTitle="{SAID}" prompt="{_PROMPT}" sqref="{_LAST}{head + 1}:{_LAST}{last}"/></dataValidations>'
        + (f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else "")
        + '<pageMargins left="0.6" right="0.6" top="0.7" bottom="0.7" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;C— &amp;P —</oddFooter></headerFooter></worksheet>"
    ).encode()  # fmt: skip


class _Look:
    """The sheet's formats."""

    def __init__(self, styles: StyleSheet) -> None:
        small, body = _FONT.format(PLAIN_SIZE, "宋体"), _FONT.format(BODY_SIZE, "仿宋")
        link = f'<u/><sz val="{PLAIN_SIZE}"/><color rgb="FF0563C1"/><name val="宋体"/>'
        self.title = styles.own(_FONT.format(18, "黑体"), box=False, across="center")
        self.guide = styles.own(body, box=False)
        self.head = styles.own(f"<b/>{small}", solid("F2F2F2"), across="center")
        self.text, self.link = styles.own(small), styles.own(link)
        self.number = styles.own(small, across="center")
        self.grades = {
            g: styles.own(f"<b/>{small}", solid(c), across="center") for g, c in COLOURS.items()
        }
        self.said = styles.own(small, solid(ANSWER_FILL[1:]), locked=False)
        self.mark = styles.own(
            '<sz val="8"/><color rgb="FF808080"/><name val="Consolas"/>', box=False
        )


def _row(row: int, number: int, opinion: Opinion, fills: str, look: _Look) -> str:
    found = opinion.found if len(opinion.found) <= _FOUND else f"{opinion.found[:_FOUND]}……"
    texts = (
        (str(number), look.number), (opinion.mark, look.mark), (fills, look.mark),
        (opinion.grade, look.grades[opinion.grade]), (opinion.item, look.text),
        (opinion.where, look.link if opinion.cells and opinion.sheet else look.text),
        (found, look.text), (opinion.message, look.text), (opinion.advice, look.text), ("", look.said),
    )  # fmt: skip
    cells = "".join(_cell(row, i, text, style) for i, (text, style) in enumerate(texts, 1))
    seen = [
        (t, w)
        for i, ((t, _), w) in enumerate(zip(texts, _WIDTHS, strict=True), 1)
        if i not in _HIDDEN
    ]
    height = row_height(seen, PLAIN_SIZE, 44)
    return f'<row r="{row}" ht="{height:g}" customHeight="1">{cells}</row>'


def _wide(row: int, text: str, style: str, height: float) -> str:
    return f'<row r="{row}" ht="{height:g}" customHeight="1">{_cell(row, 1, text, style)}</row>'


def _cell(row: int, column: int, text: str, style: str) -> str:
    at = f'r="{letters(column)}{row}" s="{style}"'
    if not text:
        return f"<c {at}/>"
    return (
        f'<c {at} t="inlineStr"><is><t xml:space="preserve">{escape(cell_text(text))}</t></is></c>'
    )


def _col(number: int, width: float) -> str:
    hidden = ' hidden="1"' if number in _HIDDEN else ""
    return f'<col min="{number}" max="{number}" width="{width + 0.71:g}" customWidth="1"{hidden}/>'


assert len(_WIDTHS) - len(_HIDDEN) == len(HEADERS) and HEADERS[0] == NUMBER
