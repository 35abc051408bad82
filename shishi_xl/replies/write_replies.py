"""Replies → the files in 退回/ and 催报/: each unit's marked workbook or form, and the letter."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..marking import Opinion, Opinions, mark_workbook
from ..summary import Summary
from ..texts import form_file, guide
from ..workspace import Workspace
from ..write_form import write_form
from .base import Bases, Spot, spot_of
from .letter import day_words, letter_files, missing_letter, return_letter, stamp_letter
from .remark import Remark
from .reply import Reply

_STEPS = (
    "一、“强制”的问题，请直接改正原单元格；“核实”的问题，填错的请改正，情况属实的请在“单位说明”一栏写明原因（不少于6个字）。",
    "二、有问题的单元格已标底色并加批注，点“位置”可以直接跳到该处。其他内容不必重填。",
    "三、改好后保存，连同本表一起把整个文件报回。本表不必打印、盖章。",
)


def write_replies(
    workspace: Workspace, summary: Summary, bases: Bases, replies: tuple[Reply, ...]
) -> dict[Path, bytes]:
    """The outputs by path. The same replies of the same day give the same bytes.

    :raises CannotStart: where a text template cannot be used.
    """
    outbox = workspace.outbox(summary.period)
    outputs: dict[Path, bytes] = {}
    for reply in replies:
        name = form_file(reply.number, reply.unit)
        if reply.remarks:
            book = _marked(workspace, summary, bases, reply)
            file = outbox / "退回" / name
            outputs[file] = book
            if not reply.home:
                outputs |= letter_files(file, return_letter(workspace, summary, reply), book)
        if reply.missing and not reply.home:
            file = outbox / "催报" / name
            outputs[file] = form = _form(workspace, summary, bases, reply, name)
            outputs |= letter_files(file, missing_letter(workspace, summary, reply), form)
        elif reply.copy.chased and not reply.home:
            file = outbox / "催报" / name
            outputs[file] = said = _filled(workspace, bases, reply)
            outputs |= letter_files(file, stamp_letter(workspace, summary, reply), said)
    return outputs


def _form(workspace: Workspace, summary: Summary, bases: Bases, reply: Reply, name: str) -> bytes:
    """The form as it was sent; made anew where it is there no longer."""
    sent = workspace.outbox(summary.period) / "下发" / name
    if sent.is_file():
        return sent.read_bytes()
    form = bases.form(reply.unit)
    return write_form(form, guide(workspace, bases.office, form))


def _filled(workspace: Workspace, bases: Bases, reply: Reply) -> bytes:
    """The form with what the unit has said, to be printed and sealed."""
    form = bases.filled(reply.unit)
    return write_form(form, guide(workspace, bases.office, form))


def _marked(workspace: Workspace, summary: Summary, bases: Bases, reply: Reply) -> bytes:
    if own := bases.own(reply):
        spots = {r: spot_of(r.places) for r in reply.remarks}
        if marked := mark_workbook(own, _opinions(summary, reply, spots)):
            return marked
    form = bases.filled(reply.unit)
    spots = {r: bases.spot(reply.unit, form, r) for r in reply.remarks}
    fresh = mark_workbook(
        write_form(form, guide(workspace, bases.office, form)),
        _opinions(summary, reply, spots, fresh=True),
    )
    assert fresh, "a form of ours can be marked"
    return fresh


def _opinions(
    summary: Summary, reply: Reply, spots: Mapping[Remark, Spot], *, fresh: bool = False
) -> Opinions:
    who = summary.programme.collector.name or summary.programme.issuer
    head = "　　".join(
        filter(None, (f"填报单位：{reply.unit}", f"期次：{summary.period.label}",
                      f"审核：{who}" if who else "", f"{day_words(summary.today)}"))
    )  # fmt: skip
    note = (
        ("四、原报文件不便直接标注，现将已报内容填入新表，请核对后在本表上修改。",) if fresh else ()
    )
    rows = tuple(_opinion(r, spots[r]) for r in reply.remarks)
    return Opinions("审核意见", (head, *_STEPS, *note), rows)


def _opinion(remark: Remark, spot: Spot) -> Opinion:
    sheet, cells = spot
    # LibreOffice does not break a link's text into lines: it is kept short.
    more = f"等 {len(cells)} 处" if len(cells) > 1 else ""
    where = f"{sheet} {cells[0]}{more}" if cells else _original(remark)
    return Opinion(
        remark.marks,
        remark.problem.grade.value,
        remark.item,
        where,
        remark.found,
        remark.message,
        remark.advice,
        sheet,
        cells,
    )


def _original(remark: Remark) -> str:
    """A place in a file that is not sent back."""
    place = remark.problem.place
    name = place.file.rpartition("/")[2]
    inside = " ".join(filter(None, (place.sheet, place.cell)))
    return f"原报文件“{name}”{inside}" if name else inside
