"""Replies → 联系清单.xlsx: whom to call, the number, and what about; to be printed and ticked off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from io import BytesIO

from ..cells import write_across, write_text
from ..copies import CopyState
from ..layout import FACT_SIZE
from ..paper import new_book, set_plain_page
from ..styles import Styles
from ..summary import Outcome, Summary
from ..wrap import row_height
from .letter import day_words
from .remark import Remark
from .reply import Reply

_HEADS = ("序号", "责任单位", "联系人", "电话", "联系事由", "已拟函件", "联系结果")
_WIDTHS = (5.0, 18.0, 9.0, 15.0, 62.0, 10.0, 20.0)
_CENTRED = (0, 2, 3, 5)
_MOST, _LONGEST = 6, 60  # reasons of one unit, characters of one; the rest stands in 审核意见
_ASKED = (Outcome.ASKED, Outcome.UNREADABLE, Outcome.UNRECOGNISED)


@dataclass(frozen=True, slots=True)
class _Call:
    """One line of the list."""

    unit: str
    person: str
    phone: str
    about: str
    letters: str


def write_contact_list(summary: Summary, replies: tuple[Reply, ...]) -> bytes:
    """The workbook, the most serious first; units that owe nothing are not in it."""
    out = BytesIO()
    title = f"{summary.period.label}报送联系清单"
    book = new_book(out, title, datetime.combine(summary.today, time()))
    styles, sheet = Styles(book), book.add_worksheet("联系清单")
    for col, width in enumerate(_WIDTHS):
        sheet.set_column(col, col, width)
    last = len(_WIDTHS) - 1
    write_across(sheet, 0, 0, last, title, styles("overview_title"))
    sheet.set_row(0, 36)
    calls = [*_calls(summary, replies), *_strangers(summary)]
    under = f"{summary.programme.name}　　截至{day_words(summary.today)}　　共 {len(calls)} 条"
    write_across(sheet, 1, 0, last, under, styles("remark"))
    sheet.set_row(1, 20)
    for col, head in enumerate(_HEADS):
        write_text(sheet, 2, col, head, styles("fact_head"))
    sheet.set_row(2, 24)
    for row, call in enumerate(calls, 3):
        texts = (str(row - 2), call.unit, call.person, call.phone, call.about, call.letters, "")
        for col, text in enumerate(texts):
            write_text(sheet, row, col, text, styles("fact_centre" if col in _CENTRED else "fact"))
        sheet.set_row(row, row_height(zip(texts, _WIDTHS, strict=True), FACT_SIZE, 32))
    if not calls:
        write_across(sheet, 3, 0, last, "没有需要联系的单位。", styles("fact"))
    sheet.freeze_panes(3, 0)
    set_plain_page(sheet)
    sheet.repeat_rows(2)
    book.close()
    return out.getvalue()


def _calls(summary: Summary, replies: tuple[Reply, ...]) -> Iterator[_Call]:
    late = {u.unit: u for u in summary.units}
    for reply in sorted(replies, key=_seriousness):
        reasons = [*_missing(reply), *map(_reason, reply.remarks)]
        if len(reasons) > _MOST:
            more = len(reasons) - _MOST
            reasons = [*reasons[:_MOST], f"另有 {more} 处，见审核意见"]
        about = "\n".join((*reasons, *_stamped(reply)))
        known = late.get(reply.unit)
        times = known.sent_back if known else 0
        if times > 1:
            about += f"\n（已退回 {times} 次）"
        letters = "本单位" if reply.home else "\n".join(
            name for name, has in (
                ("退回", reply.remarks), ("催报", reply.missing or reply.copy.chased),
            ) if has
        )  # fmt: skip
        yield _Call(reply.unit, reply.person, reply.phone, about, letters)


def _seriousness(reply: Reply) -> tuple[int, int, int]:
    """What must be corrected first, then what is missing, then what is to be explained or sealed."""
    rank = 0 if reply.musts else 1 if reply.missing else 2
    return (rank, -len(reply.musts) - len(reply.missing), reply.number)


def _missing(reply: Reply) -> Iterator[str]:
    if reply.missing:
        whole = len(reply.missing) == reply.owed
        names = "、".join(f"第 {i.number} 件" for i in reply.missing)
        yield f"未报送：{'全部' if whole else ''} {len(reply.missing)} 项（{names}）"


def _stamped(reply: Reply) -> Iterator[str]:
    """What is wrong with the stamped copy, or that it came alone."""
    if reply.paper_alone:
        yield f"盖章件已收（{reply.copy.files}），电子版未收"
    elif reply.copy.chased is CopyState.MISSING:
        yield "盖章PDF未收（电子版已收）"
    elif reply.copy.chased:
        yield f"盖章PDF{reply.copy.words}：请核对，确未盖章的补盖后重报"


def _reason(remark: Remark) -> str:
    number, dot, _ = remark.item.partition(".")
    about = f"第 {number} 件" if dot else remark.about
    item = f"{about}：" if about else ""
    text = f"{remark.problem.grade}：{item}{remark.message}"
    text = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}……"
    return f"{text}（{remark.where}）" if remark.where else text


def _strangers(summary: Summary) -> Iterator[_Call]:
    """Files of nobody known: whom to call must first be found out."""
    for row in summary.receipts:
        if row.outcome in _ASKED and len(row.units) != 1:
            name = row.path.rpartition("/")[2]
            yield _Call("（单位待定）", "", "", f"文件“{name}”：{row.remark[:120]}", "")
