"""Texts that were copied from elsewhere: codes C."""

from __future__ import annotations

from decimal import Decimal

from ..problems import EXPLAIN, Limit, Rule

_LEAST = Limit(Decimal(10), "少于几个字不比")

RULES = (
    Rule(
        "C01", EXPLAIN, "与上期相同",
        "除期次和数字外，与{period}报的内容相同",
        "请单位更新为本期的措施和进度；确无新进展的，请写“零报告”。",
        "多为把上期的内容改个季度再报。已报“已完成”的事项不在此列。",
        many="有 {count} 件实事的内容与{period}报的相同（期次和数字除外）",
        limits={"least": _LEAST},
    ),
    Rule(
        "C02", EXPLAIN, "与本单位另一件实事相同",
        "与第 {number} 件实事“{other}”（{cells}）填的内容相同",
        "请核实是否粘贴错行，由单位更正后重报。",
        "多为复制后忘了改。",
        many="有 {count} 件实事填的内容相同",
        limits={"least": _LEAST},
    ),
    Rule(
        "C03", EXPLAIN, "与其他单位的内容相同",
        "与 {other} 第 {number} 件实事（{file} {cells}）填的内容逐字相同",
        "请核实是哪个单位做的工作；共同开展的，请写明本单位做了什么。",
        "多为照抄牵头单位的内容，或发错了文件。",
        many="有 {count} 件实事与 {other} 填的内容逐字相同",
        limits={"least": _LEAST},
    ),
    Rule(
        "C04", EXPLAIN, "整份报表与上期相同",
        "填报的 {count} 件实事（{cells}），内容与{period}报的完全相同，数字也没有变",
        "请核实是否误交了上期的内容，按本期的措施和进度重新填报；确无新进展的，请写“零报告”。",
        "多为把上期的表整份粘贴过来，或只改了期次。每个单位只提一次，不再逐件提“与上期相同”。",
    ),
)  # fmt: skip
