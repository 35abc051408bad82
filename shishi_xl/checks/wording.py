"""Checks of what a text says at all: nothing, a placeholder, too little, cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ..kinds import KINDS, Expectation
from ..model import Role
from ..names import fold_words
from ..problems import Problem
from .subject import Subject


def nothing_written(subject: Subject) -> Iterator[Problem]:
    """A01: a required column is empty. 配合单位 are never chased."""
    row = subject.row
    supports = row.item.units.get(row.unit) is Role.SUPPORT
    for column in row.table.answers:
        place = row.seen.get(column.key)
        empty = column.required and column.answer != "deadline" and column.key not in row.answers
        if place and empty and not supports:
            yield subject.problem("A01", place, column=column.title(subject.programme.cycle))


def placeholder(subject: Subject) -> Iterator[Problem]:
    """A21: 无, 略, 同上, 见附件, / and the like, which say nothing."""
    answer = subject.row.main
    if answer and _is_text(subject) and _EMPTY.fullmatch(_bare(answer.text)):
        yield subject.problem("A21", answer, column=_title(subject))


def set_phrase(subject: Subject) -> Iterator[Problem]:
    """A22: nothing but 正在推进, 按计划有序开展 and the like."""
    answer = subject.row.main
    if answer is None or not _is_text(subject) or _done(subject):
        return
    words = _bare(answer.text)
    if _PHRASE.fullmatch(words) and not _EMPTY.fullmatch(words):
        yield subject.problem("A22", answer, column=_title(subject))


def too_short(subject: Subject) -> Iterator[Problem]:
    """A23: shorter than it can be. A figure, or an item that is done, needs few words."""
    answer = subject.row.main
    if answer is None or not _is_text(subject) or subject.row.nil or _done(subject):
        return
    words = _bare(answer.text)
    known = _EMPTY.fullmatch(words) or _PHRASE.fullmatch(words)
    least = subject.limit("A23", "least")
    if not known and len(words) < least and not _FIGURE.search(words):
        yield subject.problem("A23", answer, column=_title(subject), least=least)


def cut_off(subject: Subject) -> Iterator[Problem]:
    """A24: as long as some program can hold, and without an end."""
    for column in subject.table.answers:
        answer = subject.row.answers.get(column.key)
        if column.answer != "text" or answer is None:
            continue
        raw = answer.raw if isinstance(answer.raw, str) and answer.raw else answer.text
        if len(raw) in _LENGTHS and not _END.search(raw.rstrip()):
            yield subject.problem("A24", answer, length=len(raw), end=f"…{raw.rstrip()[-10:]}")


def date_alone(subject: Subject) -> Iterator[Problem]:
    """A25: a date and nothing else where measures belong, as in columns that were mistaken."""
    answer = subject.row.main
    if answer is None or not _is_text(subject):
        return
    raw = answer.raw if answer.raw not in (None, "") else answer.text
    reading = KINDS["deadline"](raw, Expectation(subject.programme.year))
    if isinstance(reading.value, date):
        yield subject.problem("A25", answer, column=_title(subject))


CHECKS = {
    "A01": nothing_written,
    "A21": placeholder,
    "A22": set_phrase,
    "A23": too_short,
    "A24": cut_off,
    "A25": date_alone,
}


def _is_text(subject: Subject) -> bool:
    return subject.table.rows == "item" and subject.table.main.answer == "text"


def _done(subject: Subject) -> bool:
    """What is done needs few words."""
    item, case = subject.row.item, subject.case
    return case.done_before(item) or case.status(item) == "已完成"


def _title(subject: Subject) -> str:
    return subject.table.main.title(subject.programme.cycle)


def _bare(text: str) -> str:
    """Without white space and punctuation; what is nothing else stays as it is."""
    return fold_words(text) or "".join(text.split())


_LENGTHS = (255, 32767)
_END = re.compile(r"[。！？；…!?;.”’》】）)\]]$")
_FIGURE = re.compile(r"[0-9]|[一二三四五六七八九十百千万两](?![方致般起系体])")

_MATTER = "(?:此项|该项|本项|各项|相关|有关|具体)?(?:工作|任务|项目|事项|内容|情况|活动|材料)?"
_EMPTY = re.compile(
    "[-—–/\\\\.。、,*＊?？×x~～_+·…]+"
    "|无+|没有|暂无|均?无(?:此项|相关)?(?:内容|情况|进展)?|没有内容|暂?无(?:数据|内容|进展)|略|[同如](?:上|前|左)(?:所述|述)?"
    "|同上(?:季度|期|半年|月)|[同与]?上(?:季度|期)(?:相同|一致|一样)?|同第?[0-9一二三四五六七八九十]+[项件条]?"
    "|(?:详情?)?[见详](?:附件|附表|附页|附后|附|后|下|另表|另页|另附|材料|文件|报告)[0-9一二三]?"
    "|另附|附后|已报|已填|已上报|待定|待补|待补充|待报|后补|不清楚|不详|不涉及|无关|na|NA|none|null|TBD"
    "|[xX]+|测试|填报|内容|具体措施"
)
_MANNER = (
    "(?:正在?|目前|现|已|均已|均|都|持续|继续|稳步|稳妥|扎实|积极|有序|有力|有效|全面|全力|深入|大力|加快|加紧|逐步|正常"
    "|顺利|严格|认真|按(?:照)?(?:年度|年初|既定|预定|原定|工作|上级)?(?:计划|要求|时序进度|序时进度|时间节点|进度|方案|部署|通知)"
    "|按时|按期|如期|按序时|根据(?:计划|要求)|地|稳定|良好|总体|整体|基本|进一步|本季度|本期|二季度|三季度|四季度|一季度"
    "|上半年|下半年|各项|相关|有关|此项|该项|本项|全部|高质量)*"
)
_ACT = "(?:推进|开展|进行|实施|落实|办理|推动|组织|筹备|准备|谋划|抓好?落实|做好|运行|完成|启动|部署|执行|施工|建设|办|开展中|进展)"
_WORK = "(?:工作|任务|项目|事项|活动|措施|建设|各项工作|进度|进展|情况|中|之中|当中|落实|推进|顺利|良好|正常|有序|实施|开展|完成)*"
_PHRASE = re.compile(
    f"{_MANNER}{_WORK}{_MANNER}(?:{_ACT}{_MANNER}{_WORK}){{1,3}}|进展(?:顺利|良好|正常)|(?:工作)?有序|正常"
)
