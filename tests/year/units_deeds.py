"""What units send: returns of every sort, right and wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from .book_edit import plain_book
from .facts import Content, Row, Said
from .luck import Luck, event
from .office import ANNEX, Line, Office, Pen, Sent, sha_of
from .plan import WORDS, Item, before

DEADLINES = ("2023年12月底", "2023年11月30日", "2023-12-31", "2023年10月底", "2023.12.25")
NIL = ("零报告。", "本季度无进展，下季度启动。", "本期无此项工作。")


def someone(office: Office, luck: Luck, quarter: str = "") -> str:
    """A unit that was sent a form."""
    return luck.of([u for q, u in office.sent if q == (quarter or office.quarter)])


def someone_now(office: Office, luck: Luck) -> str:
    """A unit that answers for something now."""
    return luck.of(office.plan.holders(office.quarter))


def text_for(office: Office, luck: Luck) -> str:
    number = office.next_number()
    return luck.of(
        ("召开调度会{n}次，走访群众。", "一是推进；\n二是验收（第{n}号）。", "已完成第{n}阶段任务", "=见说明{n}", "截至目前完成{n}项。")
    ).format(n=number)  # fmt: skip


def figure_for(office: Office, quarter: str, luck: Luck) -> tuple[str, Decimal]:
    """A figure that grows over the quarters, as people write figures."""
    value = int(quarter[-1]) * 20 + luck.below(19)
    form = luck.of(("{v}", "{v}", "{v}.5", " {v} ", "已完成{v}", "0{v}"))
    number = Decimal(value) + (Decimal("0.5") if ".5" in form else 0)
    return form.format(v=value), number


def fills(office: Office, pen: Pen, luck: Luck, items: list[str], *, figures: bool = True) -> None:
    """Fill the rows of these items as asked."""
    nil = luck.of(NIL) if luck.chance(1) else ""
    for line in pen.sent.lines:
        if line.item not in items:
            continue
        if line.sheet == "annex":
            pen.types(line, "progress", nil or text_for(office, luck))
            if "deadline" not in line.carried or luck.chance(4):
                pen.types(line, "deadline", luck.of(DEADLINES))
        elif line.sheet == "targets" and figures and luck.chance(8):
            pen.types(line, "figure", *_figure(office, pen.sent.quarter, line, luck))


def _figure(office: Office, quarter: str, line: Line, luck: Luck) -> tuple[str, Decimal | None]:
    item = next((i for i in office.plan.items if i.key == line.item), None)
    target = next((t for t in item.targets if t.key == line.target), None) if item else None
    if target and target.in_words:
        return "全部覆盖", None
    return figure_for(office, quarter, luck)


def moments(office: Office, luck: Luck) -> datetime:
    """When it was last saved: before it came, to the minute and second of no other."""
    return office.now - timedelta(hours=1 + luck.below(30), seconds=office.next_number() % 50)


def name_for(office: Office, sent: Sent, luck: Luck) -> str:
    """A file name that says nothing false."""
    number = office.next_number()
    return luck.of(
        (f"收到{number}.xlsx", f"{sent.called}{number}.xlsx",
         f"{sent.called}{WORDS[sent.quarter]}报表-{number}.xlsx", f"报表（{number}）最终版.xlsx")
    )  # fmt: skip


def hands_in(office: Office, pen: Pen, luck: Luck, path: str = "") -> Content:
    """Save, and let it arrive as one of the ways in which files come."""
    saved = None if luck.chance(1) else moments(office, luck)
    content, data = pen.saves(saved)
    office.puts(content, data, path or name_for(office, pen.sent, luck))
    return content


def items_of(sent: Sent) -> list[str]:
    return [line.item for line in sent.lines if line.sheet == "annex"]


def own_copy(office: Office, sent: Sent, luck: Luck) -> Pen | None:
    """The unit's own earlier file of this form, opened again."""
    mine = [
        c for c in office.facts.contents.values()
        if c.kind == "return" and (c.unit, c.quarter) == (sent.unit, sent.quarter) and c.rows
        and all(r.unit == sent.unit for r in c.rows) and not c.doubts and c.form == id(sent)
    ]  # fmt: skip
    if not mine:
        return None
    pen = Pen(sent)
    for row in luck.of(mine).rows:
        line = next(
            x
            for x in sent.lines
            if (x.sheet, x.item, x.target) == (row.sheet, row.item, row.target)
        )
        for column, said in row.cells.items():
            if not said.carried:
                pen.types(line, column, said.text, said.figure)
    return pen


@event("按时报送")
def on_time(office: Office, luck: Luck) -> bool:
    if office.today > office.due(office.quarter):
        return False
    return _whole(office, luck)


@event("逾期报送")
def late(office: Office, luck: Luck) -> bool:
    if office.today <= office.due(office.quarter):
        office.now += timedelta(days=(office.due(office.quarter) - office.today).days + 1)
    return _whole(office, luck)


def _whole(office: Office, luck: Luck) -> bool:
    sent = office.form(office.quarter, someone(office, luck))
    assert sent
    pen = Pen(sent)
    fills(office, pen, luck, items_of(sent))
    hands_in(office, pen, luck)
    return True


@event("只报部分事项")
def partly(office: Office, luck: Luck) -> bool:
    sent = office.form(office.quarter, someone(office, luck))
    assert sent
    items = items_of(sent)
    pen = Pen(sent)
    fills(office, pen, luck, [i for i in items if luck.chance(5)] or items[:1])
    hands_in(office, pen, luck)
    return True


@event("单项更正：其余行空着")
def corrects_one(office: Office, luck: Luck) -> bool:
    return _corrects(office, luck, deletes=False)


@event("单项更正：其余行删去")
def corrects_one_alone(office: Office, luck: Luck) -> bool:
    return _corrects(office, luck, deletes=True)


def _corrects(office: Office, luck: Luck, *, deletes: bool) -> bool:
    sent = office.form(office.quarter, someone(office, luck))
    assert sent
    one = luck.of(items_of(sent))
    pen = Pen(sent)
    fills(office, pen, luck, [one])
    if deletes:
        for line in sent.lines:
            if line.item != one:
                pen.deletes(line)
    hands_in(office, pen, luck)
    return True


@event("在自己的旧稿上改一项")
def corrects_own_copy(office: Office, luck: Luck) -> bool:
    sent = office.form(office.quarter, someone(office, luck), luck.below(2))
    pen = own_copy(office, sent, luck) if sent else None
    if not sent or not pen:
        return False
    fills(office, pen, luck, [luck.of(items_of(sent))])
    hands_in(office, pen, luck)
    return True


@event("清空一行")
def empties_a_row(office: Office, luck: Luck) -> bool:
    sent = office.form(office.quarter, someone(office, luck))
    pen = own_copy(office, sent, luck) if sent else None
    if not sent or not pen:
        return False
    one = luck.of(items_of(sent))
    for line in sent.lines:
        if line.item == one:
            for column in list(pen.answers[line.sheet, line.item, line.target]):
                said = pen.answers[line.sheet, line.item, line.target][column]
                if not said.carried or luck.chance(5):
                    pen.types(line, column, "")
    hands_in(office, pen, luck)
    return True


@event("只更正一个数")
def corrects_a_figure(office: Office, luck: Luck) -> bool:
    sent = office.form(office.quarter, someone(office, luck))
    lines = [x for x in sent.lines if x.sheet == "targets"] if sent else []
    if not sent or not lines:
        return False
    pen = Pen(sent)
    line = luck.of(lines)
    pen.types(line, "figure", *_figure(office, sent.quarter, line, luck))
    hands_in(office, pen, luck)
    return True


@event("只更正完成时限")
def corrects_a_deadline(office: Office, luck: Luck) -> bool:
    sent = office.form(office.quarter, someone(office, luck))
    assert sent
    line = luck.of([x for x in sent.lines if x.sheet == "annex"])
    pen = Pen(sent)
    pen.types(line, "deadline", luck.of(DEADLINES))
    hands_in(office, pen, luck)
    return True


@event("漏填进展或时限")
def leaves_out(office: Office, luck: Luck) -> bool:
    sent = office.form(office.quarter, someone(office, luck))
    assert sent
    one, pen = luck.of(items_of(sent)), Pen(sent)
    fills(office, pen, luck, items_of(sent))
    line = next(x for x in sent.lines if x.sheet == "annex" and x.item == one)
    column = luck.of(("progress", "deadline"))
    if column in line.carried:
        return False
    pen.types(line, column, "")
    hands_in(office, pen, luck)
    return True


@event("数字填成文字")
def writes_no_number(office: Office, luck: Luck) -> bool:
    sent = office.form(office.quarter, someone(office, luck))
    lines = [x for x in sent.lines if x.sheet == "targets"] if sent else []
    if not sent or not lines:
        return False
    pen, line = Pen(sent), luck.of(lines)
    fills(office, pen, luck, items_of(sent))
    pen.types(line, "figure", luck.of(("正在统计", "见附件", "——待定")))
    hands_in(office, pen, luck)
    return True


@event("零报告")
def nil_return(office: Office, luck: Luck) -> bool:
    sent = office.form(office.quarter, someone(office, luck))
    assert sent
    pen = Pen(sent)
    for line in sent.lines:
        if line.sheet == "annex":
            pen.types(line, "progress", luck.of(NIL))
    hands_in(office, pen, luck)
    return True


@event("空表原样退回")
def sends_blank(office: Office, luck: Luck) -> bool:
    sent = office.form(office.quarter, someone(office, luck))
    assert sent
    content, data = Pen(sent).saves(moments(office, luck))
    office.puts(replace(content, kind="blank"), data, name_for(office, sent, luck))
    return True


@event("更正上一期")
def corrects_last_quarter(office: Office, luck: Luck) -> bool:
    """A correction of the quarter before comes after this one's forms went out."""
    quarter = before(office.quarter)
    if quarter not in office.plan.quarters or not [q for q, _ in office.sent if q == quarter]:
        return False
    sent = office.form(quarter, someone(office, luck, quarter), luck.below(2))
    assert sent
    pen = Pen(sent)
    fills(office, pen, luck, [luck.of(items_of(sent))])
    hands_in(office, pen, luck)
    return True


@event("用旧版的表填报")
def fills_old_form(office: Office, luck: Luck) -> bool:
    """The form was generated again since; the unit fills the one it had."""
    old = [s for (q, _), every in office.sent.items() if q == office.quarter for s in every[:-1]]
    if not old:
        return False
    sent = luck.of(old)
    pen = Pen(sent)
    fills(office, pen, luck, items_of(sent))
    hands_in(office, pen, luck)
    return True


@event("整张附件由一家填全")
def fills_whole_annex(office: Office, luck: Luck) -> bool:
    """The lead types the whole annex anew, a row for each item and unit, its own among them."""
    lead = someone_now(office, luck)
    items = [i for _, i in office.plan.items_in(office.quarter)]
    content, data = annex(
        office, luck, lead, [(i, u) for i in items for u in office.plan.of_item(i)]
    )
    office.puts(content, data, f"全县汇总{office.next_number()}.xlsx")
    return True


@event("代报一家")
def reports_for_another(office: Office, luck: Luck) -> bool:
    lead = someone_now(office, luck)
    items = [i for _, i in office.plan.items_in(office.quarter) if lead in office.plan.of_item(i)]
    pairs = [(i, u) for i in items for u in office.plan.of_item(i) if u != lead]
    if not pairs:
        return False
    item, other = luck.of(pairs)
    content, data = annex(office, luck, lead, [(item, lead), (item, other)])
    office.puts(content, data, f"一并报送{office.next_number()}.xlsx")
    return True


def annex(
    office: Office, luck: Luck, lead: str, pairs: list[tuple[Item, str]], silent: str = ""
) -> tuple[Content, bytes]:
    """A sheet typed anew: the published columns, one unit in each row's 责任单位.

    `silent`: it says nothing of its unit, or of its quarter.
    """
    quarter, plan = office.quarter, office.plan
    called = plan.units[lead].called(quarter)
    head = ["序号", "实事名称", "责任单位", "本季度具体措施及任务进度情况", "完成时限"]
    sheet: list[list[str | int]] = [
        ["2023年为全县妇女儿童办实事工作进展情况报表"],
        [
            "" if silent == "unit" else f"填报单位：{called}",
            "",
            "",
            "" if silent == "quarter" else f"期次：{WORDS[quarter]}",
        ],
        list(head),
    ]
    numbers = {i.key: n for n, i in plan.items_in(quarter)}
    rows = []
    for item, unit in pairs:
        text, deadline = text_for(office, luck), luck.of(DEADLINES)
        at = len(sheet) + 1
        whose = "" if silent == "unit" else plan.units[unit].called(quarter)
        sheet.append([numbers[item.key], item.name, whose, text, deadline])
        cells = {"progress": Said(text, f"D{at}"), "deadline": Said(deadline, f"E{at}")}
        rows.append(Row(unit, "annex", item.key, "", cells))
    saved = moments(office, luck)
    data = plain_book({ANNEX: sheet}, saved)
    said = ("" if silent == "unit" else lead, "" if silent == "quarter" else quarter)
    return Content(sha_of(data), "return", *said, saved, tuple(rows), of=lead, asof=quarter), data
