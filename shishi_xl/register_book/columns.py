"""The columns of 登记.xlsx: header, width, the words that a clerk may use instead, the prompt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..register import DECISIONS, NOTICES, Handling, Topic

# Excel takes 2023-05 and 3-5 for days, unless the cell is for text.
Kind = Literal["text", "mark", "verbatim", "time", "date", "list"]


@dataclass(frozen=True, slots=True)
class RegisterColumn:
    """One column. `names`: other headers that mean it. `choices`: a defined name, or the words.

    `own`: filled by the program. `prompt`: what Excel shows when the cell is chosen.
    """

    key: str
    header: str
    width: float
    prompt: str = ""
    names: tuple[str, ...] = ()
    kind: Kind = "text"
    choices: str | tuple[str, ...] = ()
    own: bool = False
    required: bool = True


@dataclass(frozen=True, slots=True)
class RegisterSheet:
    """One sheet with its columns in order."""

    name: str
    columns: tuple[RegisterColumn, ...]

    def column(self, key: str) -> RegisterColumn:
        return next(c for c in self.columns if c.key == key)


UNITS, PERIODS = "单位名单", "期次名单"  # defined names of the lists on 选项

DECISION_SHEET = RegisterSheet(
    DECISIONS,
    (
        RegisterColumn("file", "文件", 30, "收件清单里的文件名。自己加行时照抄文件名或 SHA-256 均可。",
                       ("文件名", "文件名称"), own=True),
        RegisterColumn("sha256", "SHA-256", 12, "文件内容的指纹，用来认准是哪个文件，请勿改动。",
                       ("SHA", "SHA256", "校验码", "指纹"), "mark", own=True),
        RegisterColumn("question", "问题", 40, "程序的问题，供参考。", (), own=True, required=False),
        RegisterColumn("unit", "认定单位", 18, "这是哪个单位的。从下拉列表选，或写单位名称、简称。",
                       ("单位", "责任单位"), "list", UNITS),
        RegisterColumn("period", "认定期次", 10, "这是哪一期的，如 2023Q2。", ("期次",), "verbatim",
                       PERIODS),
        RegisterColumn("arrival", "收到时间", 17,
                       "实际收到的时间，如 2023-06-30 09:12。不填则按邮件时间、文件时间。",
                       ("收件时间", "实际收到时间"), "time"),
        RegisterColumn("handling", "处理", 8,
                       "采用：计入。作废：不再计入，无论它叫什么名字、在哪个压缩包里。"
                       "恢复：作废过的重新计入。",
                       ("处理意见", "处理方式"), "list", tuple(Handling)),
        RegisterColumn("note", "说明", 26, "备查，程序不读。", ("备注",), required=False),
    ),
)  # fmt: skip

NOTICE_SHEET = RegisterSheet(
    NOTICES,
    (
        RegisterColumn("unit", "责任单位", 22, "从下拉列表选，或写单位名称、简称。", ("单位",), "list", UNITS),
        RegisterColumn("period", "期次", 11, "如 2023Q2。", ("认定期次",), "verbatim", PERIODS),
        RegisterColumn("topic", "类别", 10,
                       "说明：对“核实”问题的解释。延期：同意推迟报送。"
                       "零报告：本期没有进展。免报：本期不必报。",
                       ("类型",), "list", tuple(Topic)),
        RegisterColumn("items", "事项", 12,
                       "实事的序号，几件用顿号隔开，如 2、5；不填表示该单位的全部事项。",
                       ("序号", "实事名称"), "verbatim"),
        RegisterColumn("code", "问题代码", 10, "只用于“说明”：照抄问题清单里的代码，如 N06。", ("代码",), "verbatim"),
        RegisterColumn("until", "延至", 13, "只用于“延期”：推迟到哪一天，如 2023-07-10。",
                       ("延期至",), "date"),
        RegisterColumn("told", "告知日期", 13,
                       "单位哪一天说的。“零报告”据此判断是否逾期，可不填。",
                       ("日期", "电话日期"), "date", required=False),
        RegisterColumn("text", "说明", 46,
                       "单位怎么说的、谁说的。“说明”一类至少写六个字；程序不据此填报表。",
                       ("内容", "备注")),
    ),
)  # fmt: skip

SHEETS = (DECISION_SHEET, NOTICE_SHEET)
