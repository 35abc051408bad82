"""Cases of cases.yaml → the rows of a period, and what the checks find in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import yaml

from shishi_xl.checks import Case, Earlier, Written, check_case, read_row, without_consequences
from shishi_xl.checks.written import Key
from shishi_xl.form import Form, Table
from shishi_xl.kinds import plain
from shishi_xl.model import Item, Programme
from shishi_xl.period import Cycle, Period, parse_period, periods_of
from shishi_xl.problems import Place
from shishi_xl.returns import Answer
from shishi_xl.target import Target

from ..small import bundled_form
from .forms import Found, read_form
from .sentences import SENTENCES, load_sentences, programme_of

HERE = Path(__file__).parent

COLUMNS = {"progress": "E", "deadline": "F", "figure": "H", "status": "D", "obstacle": "E"}


@dataclass
class Desk:
    """Rows being laid out: what units wrote for one period, and for the one before."""

    programme: Programme
    period: Period
    form: Form = field(default_factory=lambda: bundled_form("annex"))
    rows: dict[Key, Written] = field(default_factory=dict)
    before: dict[Key, Written] = field(default_factory=dict)

    def item(self, number: int) -> Item:
        return next(i for i in self.programme.items if i.number == number)

    def target(self, name: str) -> tuple[Item, Target]:
        pairs = ((i, t) for i in self.programme.items for t in i.targets)
        return next((i, t) for i, t in pairs if t.name == name)

    def writes(
        self, unit: str, item: Item, table: Table, target: Target | None = None,
        last: bool = False, *, answers: Mapping[str, str],
    ) -> None:  # fmt: skip
        """One row; "" is a cell left empty."""
        number = item.number * 10 + (item.targets.index(target) if target else 0)
        seen = {k: Place(f"{unit}.xlsx", table.sheet, f"{COLUMNS[k]}{number}") for k in answers}
        filled = {k: Answer(a, a, (seen[k],)) for k, a in answers.items() if a}
        row = read_row(self.programme, table, unit, item, target, filled, seen)
        key = (unit, table.sheet, item.id, target.id if target else "")
        (self.before if last else self.rows)[key] = row

    def finds(self) -> tuple[Found, ...]:
        """(cell, code) of all that the checks find."""
        earlier = (Earlier(self.period.previous, self.before),) if self.before else ()
        case = Case(self.programme, self.form, self.period, self.rows, earlier)
        return tuple((p.place.cell, p.code) for p in without_consequences(check_case(case)))


@dataclass(frozen=True)
class Seeded:
    """A case: what is written, and the one (cell, code) to be found; None for an innocent one."""

    code: str
    entry: Mapping[str, str]
    expected: Found | None
    found: tuple[Found, ...]

    @property
    def words(self) -> str:
        return "；".join(f"{k}: {v}" for k, v in self.entry.items())


def seeded_cases() -> Iterator[Seeded]:
    """Every case of cases.yaml, checked."""
    source = yaml.safe_load((HERE / "cases.yaml").read_text("utf-8"))
    for family, rules in source.items():
        for code, kinds in rules.items():
            for kind, entries in kinds.items():
                for raw in entries:
                    entry = raw if isinstance(raw, dict) else {_MAIN.get(code, "text"): raw}
                    said = {k: str(v) for k, v in entry.items()}
                    yield _seeded(family, code, said, kind == "faulty")


def _seeded(family: str, code: str, said: Mapping[str, str], faulty: bool) -> Seeded:
    if family == "forms":
        cell, found = "D5" if "units" in said else _CELLS[code], _form(said)
    else:
        desk, cell = _LAYOUTS[family](code, said)
        found = desk.finds()
    return Seeded(code, said, (cell, code) if faulty else None, found)


def _form(entry: Mapping[str, str]) -> tuple[Found, ...]:
    """All that is found in a returned form: in recognising it, in its cells, in what they say."""
    extraction, found = read_form(entry)
    if extraction is None:
        return found
    desk = Desk(programme_of("gaoqing-2023"), Period(2023, 2, Cycle.QUARTER))
    items = {i.id: i for i in desk.programme.items}
    for e in extraction.entries:
        row = read_row(
            desk.programme, desk.form.annex, e.unit, items[e.item], None, e.answers, e.seen
        )
        desk.rows[e.unit, e.sheet, e.item, e.target] = row
    unread = {cell for cell, code in found if code in ("A02", "A05")}
    return found + tuple(f for f in desk.finds() if f[0] not in unread)


_MAIN = {"D02": "deadline"}
WOMEN = "县妇联"


def _desk(entry: Mapping[str, str]) -> Desk:
    programme = programme_of(entry.get("programme", "gaoqing-2023"))
    first = programme.first
    usual = periods_of(programme.cycle, programme.year, first)[1] if "last" in entry else first
    period = parse_period(entry.get("period", str(usual)))
    assert period
    return Desk(programme, period)


def _text(code: str, entry: Mapping[str, str]) -> tuple[Desk, str]:
    """A text or a deadline of 县妇联 for its item 3."""
    desk = _desk(entry)
    item = desk.item(3)
    text = entry.get("text", _PLAIN)
    deadline = entry.get("deadline", "" if text.startswith("零报告") else "2023年12月底")
    desk.writes(WOMEN, item, desk.form.annex, answers={"progress": text, "deadline": deadline})
    if "status" in entry:
        desk.writes(WOMEN, item, desk.form.status, answers={"status": entry["status"]})
    if "last" in entry:
        before = {"deadline": entry["last"], "progress": "六月以前的工作另文报送，场地协调结束。"}
        if code == "C01":
            before = {"deadline": "2023年12月底", "progress": entry["last"]}
        desk.writes(WOMEN, item, desk.form.annex, last=True, answers=before)
    if "laststatus" in entry:
        desk.writes(
            WOMEN, item, desk.form.status, last=True, answers={"status": entry["laststatus"]}
        )
    return desk, "F30" if code.startswith("D") else "E30"


def _figure(code: str, entry: Mapping[str, str]) -> tuple[Desk, str]:
    """A target's figure of the unit that reports it, with its text and status where given."""
    desk = _desk(entry)
    item, target = desk.target(entry["target"])
    unit = next(iter(target.shares))
    desk.writes(unit, item, desk.form.targets, target, answers={"figure": entry["figure"]})
    if "last" in entry:
        desk.writes(
            unit, item, desk.form.targets, target, last=True, answers={"figure": entry["last"]}
        )
    if "text" in entry:
        deadline = "" if entry["text"].startswith(("零报告", "本")) else "2023年12月底"
        desk.writes(
            unit, item, desk.form.annex, answers={"progress": entry["text"], "deadline": deadline}
        )
    said = {k: entry[k] for k in ("status", "obstacle") if k in entry}
    if said:
        desk.writes(item.reporter, item, desk.form.status, answers=said)
    row = item.number * 10
    return desk, f"D{row}" if code == "T02" else f"H{row + item.targets.index(target)}"


def _copy(code: str, entry: Mapping[str, str]) -> tuple[Desk, str]:
    """Two texts that should differ: of two items of one unit, or of two units for one item."""
    if code == "C01":
        return _text(code, entry)
    desk = _desk(entry)
    annex, other = desk.form.annex, entry.get("other", entry["text"])
    if code == "C02":
        rows = ((WOMEN, desk.item(3), entry["text"]), (WOMEN, desk.item(7), other))
    else:
        rows = (("县卫生健康局", desk.item(5), entry["text"]), ("县总工会", desk.item(5), other))
    for unit, item, text in rows:
        nil = text.startswith(("零报告", "本季度无"))
        desk.writes(
            unit, item, annex, answers={"progress": text, "deadline": "" if nil else "2023年12月底"}
        )
    return desk, "E70" if code == "C02" else "E50"


def _whole(code: str, entry: Mapping[str, str]) -> tuple[Desk, str]:
    """县妇联's texts for two items, and what it wrote for them a quarter before."""
    desk = Desk(programme_of("gaoqing-2023"), Period(2023, 3, Cycle.QUARTER))
    annex, status = desk.form.annex, desk.form.status
    for number, now, before in ((3, "text", "before"), (7, "other", "beforeother")):
        item = desk.item(number)
        for key, last in ((now, False), (before, True)):
            text = entry.get(key) or entry[now]
            deadline = "" if text.startswith(("零报告", "本季度无")) else "2023年12月底"
            answers = {"progress": text, "deadline": deadline}
            desk.writes(WOMEN, item, annex, last=last, answers=answers)
        if "done" in entry:
            for last in (True, False):
                desk.writes(WOMEN, item, status, last=last, answers={"status": "已完成"})
    return desk, "E30"


def _shared(code: str, entry: Mapping[str, str]) -> tuple[Desk, str]:
    """Two units' figures for one target, or their deadlines where the first leads."""
    if code == "D06":
        desk = Desk(programme_of("linyi-2022"), Period(2022, 2, Cycle.QUARTER))
        item = desk.item(7)
        for unit, deadline, text in (
            ("市残联", entry["deadline"], "机构准入评审收官，家长满意度较高，个别机构限期整改。"),
            ("市民政局", entry["other"], "对低保家庭的残疾儿童落实护理补贴，数据按月比对。"),
        ):
            desk.writes(
                unit, item, desk.form.annex, answers={"progress": text, "deadline": deadline}
            )
        return desk, "F70"
    desk = _desk(entry)
    item, target = desk.target(entry["target"])
    units = (next(iter(target.shares)), "县文化和旅游局" if item.number == 1 else "县教育和体育局")
    both = replace(target, shares=dict.fromkeys(dict.fromkeys((*units, "县妇联")), None))
    targets = tuple(both if t is target else t for t in item.targets)
    item = replace(item, targets=targets)
    first, second = list(both.shares)[:2]
    for unit, figure in ((first, entry["figure"]), (second, entry["other"])):
        desk.writes(unit, item, desk.form.targets, both, answers={"figure": figure})
    return desk, f"H{item.number * 10 + targets.index(both)}"


def _length(code: str, entry: Mapping[str, str]) -> tuple[Desk, str]:
    """Sentences one after another, cut off at 255 characters, or left whole."""
    sentences = load_sentences("sentences_first.yaml") + load_sentences("sentences_later.yaml")
    at = int(entry["text"])
    text = "".join(s.text for s in sentences[at : at + 8])
    cut = text[:255]
    if at % 9:  # innocent: to a sentence's end, or not quite as long
        cut = cut[: cut.rindex("。") + 1] if at % 2 else text[:254]
    return _text(code, {"text": cut})


_CELLS = {"A01": "E5", "A05": "E5", "D01": "F5", "L07": "C5", "R04": "A4", "R09": "A4"}
_PLAIN = "走访居民听取意见，社区活动室的设计稿已经定稿并公示。"
_LAYOUTS = {
    "texts": _text,
    "deadlines": _text,
    "figures": _figure,
    "statuses": _figure,
    "copies": _copy,
    "contradictions": _figure,
    "milestones": _figure,
    "shared": _shared,
    "lengths": _length,
    "forms_again": _whole,
}


def clean_years() -> Iterator[tuple[str, tuple[Found, ...]]]:
    """Each row of clean.yaml beside what was said a period before → its text, all that is found."""
    for entry in yaml.safe_load((HERE / "clean.yaml").read_text("utf-8")):
        period = parse_period(entry["period"])
        assert period
        desk = Desk(programme_of(entry["programme"]), period)
        item, target = desk.target(entry["target"])
        unit, day = next(iter(target.shares)), f"{desk.programme.year}年12月底"
        for text, figure, last in (("text", "figure", False), ("before", "last", True)):
            if text in entry:
                answers = {"progress": entry[text], "deadline": day}
                desk.writes(unit, item, desk.form.annex, last=last, answers=answers)
                answers = {"figure": entry[figure]}
                desk.writes(unit, item, desk.form.targets, target, last=last, answers=answers)
        if "status" in entry:
            answers = {"status": entry["status"]}
            desk.writes(item.reporter, item, desk.form.status, answers=answers)
        yield entry["text"], desk.finds()


def clean_returns() -> Iterator[tuple[str, tuple[Found, ...]]]:
    """Each sentence as a whole row with the figures it gives → its text, and all that is found."""
    for name in SENTENCES:
        for s in load_sentences(name):
            desk = Desk(s.programme, s.period)
            day = f"{s.programme.year}年12月底"
            desk.writes(
                s.unit, s.item, desk.form.annex, answers={"progress": s.text, "deadline": day}
            )
            for target in s.item.targets:
                if target.name in s.says and s.unit in target.shares:
                    figure = plain(s.says[target.name])
                    figure += "%" if target.measure == "%" else ""
                    desk.writes(
                        s.unit, s.item, desk.form.targets, target, answers={"figure": figure}
                    )
            yield s.text, desk.finds()
