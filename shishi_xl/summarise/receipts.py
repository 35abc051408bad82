"""Files in inbox/ and returns → 收件清单: a row for each file, none passed over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..catalogue import RULES
from ..inbox import InboxFile
from ..period import Period
from ..problems import Place, Problem
from ..returns import Return
from ..settle import Settled
from ..summary import Outcome, ReceiptRow
from .pages import page_bases, page_remarks


@dataclass(frozen=True)
class Receipts:
    """What became of each file in one period's run."""

    settled: Settled
    returns: Mapping[str, Return]  # by content

    @property
    def period(self) -> Period:
        return self.settled.period

    def rows(self, files: Iterable[InboxFile]) -> Iterator[ReceiptRow]:
        """A row for each file that lies in inbox/, then one for each that no longer does."""
        for file in sorted(files, key=lambda f: f.path):
            if file.fault:
                yield ReceiptRow(
                    file.path, 0, "", None, "", (), (), "", Outcome.UNREADABLE, file.fault
                )
            else:
                yield self._present(file, self.returns[file.sha256])
        gone = (r for r in self.returns.values() if not r.present)
        for ret in sorted(gone, key=lambda r: r.path):
            if self._concerns(ret):
                remark = (
                    f"仍按原内容处理：{self._outcome(ret)}。如不应计入，请在登记.xlsx 中登记作废"
                )
                yield self._row(
                    ret, ret.path, Outcome.GONE, _voided(ret) if ret.content.void else remark
                )

    def _concerns(self, ret: Return) -> bool:
        """Whether it is of this period, or may be: nobody has said yet."""
        periods = (*ret.periods, *ret.stamped_periods)
        return ret.may_be_of(self.period) or self.period in periods

    def _present(self, file: InboxFile, ret: Return) -> ReceiptRow:
        if ret.content.void:
            return self._row(ret, file.path, Outcome.VOID, _voided(ret))
        if file.path != ret.path and not (ret.refusal and ret.refusal.outcome == Outcome.SYSTEM):
            return self._row(ret, file.path, Outcome.DUPLICATE, f"与 {ret.path} 内容完全相同")
        return self._row(ret, file.path, self._outcome(ret), self._remark(ret))

    def _row(self, ret: Return, path: str, outcome: Outcome, remark: str) -> ReceiptRow:
        own = (x.unit for x in ret.extractions)
        named = (page.unit for page in ret.stamped if page.unit)
        units = tuple(dict.fromkeys((*own, *named))) or _unit_around(ret)
        periods = tuple(map(str, (*ret.periods, *ret.stamped_periods)))
        bases = dict.fromkeys(x.basis for x in ret.extractions)
        said = dict.fromkeys(w for b in bases for w in b.split("；") if w)
        if ret.stamped:
            said = dict.fromkeys(page_bases(ret.stamped))
        basis = "；".join((*said, *_handled(ret))) if said else ""
        content = ret.content
        return ReceiptRow(
            path, content.size, content.sha256, content.arrival, content.clock, units, periods,
            basis or "；".join((*map(str, ret.witnesses), *_handled(ret))), outcome, remark,
        )  # fmt: skip

    def _outcome(self, ret: Return) -> Outcome:
        if ret.refusal:
            return Outcome(ret.refusal.outcome)
        if ret.stamped:
            return self._outcome_on_paper(ret)
        entries = [e for e in ret.entries(self.period) if e.said]
        asked = any(p.rule.asks for p in ret.problems(self.period))
        if not ret.extractions:
            if ret.foreign:
                return Outcome.OTHER_PROGRAMME
            if ret.explanations and not ret.questions:
                return Outcome.ADOPTED
            found = {p.code for p in ret.questions}
            return Outcome.UNRECOGNISED if "F04" in found else Outcome.ASKED
        if self.period not in ret.periods:
            return Outcome.ASKED if asked else Outcome.OTHER_PERIOD
        if not entries:
            return Outcome.ASKED
        used = sum(self._counts(ret, e.unit, e.sheet, e.item, e.target) for e in entries)
        if not used:
            return Outcome.ASKED if asked else Outcome.REPLACED
        return Outcome.ADOPTED if used == len(entries) and not asked else Outcome.PARTLY

    def _outcome_on_paper(self, ret: Return) -> Outcome:
        if ret.foreign:
            return Outcome.OTHER_PROGRAMME
        if self.period in ret.stamped_periods:
            return Outcome.STAMPED
        asked = any(p.rule.asks for p in ret.questions)
        return Outcome.ASKED if asked or not ret.stamped_periods else Outcome.OTHER_PERIOD

    def _counts(self, ret: Return, unit: str, sheet: str, item: str, target: str) -> bool:
        row = self.settled.row(unit, sheet, item, target)
        return row is not None and ret.path in row.chosen.files

    def _remark(self, ret: Return) -> str:
        said = self._explained(ret)
        if ret.unlooked:
            said = f"批注、删除线、隐藏行列等看不到，请与原件核对。{said}"
        if ret.unproven:
            said = f"{ret.unproven} 格式的读取未验证，请与原件核对。{said}"
        return f"{said}随附的邮件正文写着：“{ret.letter}”" if ret.letter else said

    def _explained(self, ret: Return) -> str:
        outcome = self._outcome(ret)
        if ret.refusal:
            said = " ".join(f"{p.message}。{p.advice}" for p in refusal_problems(ret))
            return said or dict(ret.refusal.details).get("remark", "")
        if ret.stamped:
            notes = dict.fromkeys(f"{p.message}。{p.advice}" for p in ret.questions)
            return " ".join((*page_remarks(ret.stamped), *notes))
        match outcome:
            case Outcome.ADOPTED if not ret.extractions:
                return "只有审核意见，其中的单位说明已记下"
            case Outcome.REPLACED:
                return f"已由 {'、'.join(self._replacing(ret))} 替代（后保存的为准）"
            case Outcome.PARTLY if others := self._replacing(ret):
                return f"部分事项已由 {'、'.join(others)} 替代（后保存的为准）"
            case Outcome.OTHER_PERIOD:
                return "已存底，汇总该期次时计入"
        asked = [p for p in ret.problems(self.period) if p.rule.asks]
        if not asked and outcome is Outcome.ASKED:
            asked = [Problem(RULES["F06"], Place(ret.path))]
        return " ".join(dict.fromkeys(f"{p.message}。{p.advice}" for p in asked))

    def _replacing(self, ret: Return) -> tuple[str, ...]:
        """The files whose answers stand where this one's do not."""
        files: dict[str, None] = {}
        for e in ret.entries(self.period):
            row = self.settled.row(e.unit, e.sheet, e.item, e.target)
            if e.answers and row and ret.path not in row.chosen.files:
                files |= dict.fromkeys(row.chosen.files)
        return tuple(files)


def _handled(ret: Return) -> tuple[str, ...]:
    """采用, 作废 or 恢复 as 登记 has it."""
    handling = ret.decision.handling if ret.decision else None
    return (f"{handling}（登记）",) if handling else ()


def _voided(ret: Return) -> str:
    if _handled(ret):
        return "已在登记.xlsx 中登记作废，不计入"
    return "在“作废”文件夹中，不计入" if ret.present else "曾放入“作废”文件夹，不计入"


def _unit_around(ret: Return) -> tuple[str, ...]:
    """The unit of a file that is not read: 登记's, else what file name, folder and mail agree on."""
    if ret.decision and ret.decision.unit:
        return (ret.decision.unit,)
    said = ret.said("unit")
    common = set.intersection(*said) if said else set()
    return tuple(common) if len(common) == 1 else ()


def refusal_problems(ret: Return) -> tuple[Problem, ...]:
    """The problem with a file that could not be read; none for one that is not meant to be."""
    if ret.refusal is None or not ret.refusal.code:
        return ()
    return (Problem(RULES[ret.refusal.code], Place(ret.path), details=ret.refusal.details),)
