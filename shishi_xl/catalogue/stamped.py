"""The stamped copy, on paper: codes P."""

from __future__ import annotations

from ..problems import EXPLAIN, MUST, NOTE, Rule

RULES = (
    Rule(
        "P01", EXPLAIN, "盖章件与电子版不一致",
        "盖章件（{pages}）上印的是“{printed}”，电子版填的是“{found}”",
        "请单位核对以哪个为准：电子版有误的，更正后重报；盖章件有误的，请重新打印盖章。",
        "盖章件有文字层（或安装了文字识别）时，逐项与电子版对照。汇总只用电子版，盖章件从不补填。",
        many="有 {count} 件实事的内容与盖章件（{pages}）上印的不一致",
    ),
    Rule(
        "P02", MUST, "盖章件打不开",
        "这份 PDF 或图片看不了：{reason}",
        "{todo}",
        "加密、损坏、页数或图片大得反常的文件不予打开，原件照样存底。", asks=True,
    ),
    Rule(
        "P03", MUST, "盖章件只有文件名可凭",
        "页面上没有可认的编码，只有文件外面的一处写着单位（{witnesses}）",
        "请打开看一眼，把文件放进以单位名称命名的文件夹（如 inbox/{example}/），或在登记.xlsx 中填写认定单位，再运行一次。",
        "盖章件常被起错名字；没有第二处依据时由人来认，程序不猜。", asks=True,
    ),
    Rule(
        "P04", NOTE, "盖章件里有认不出归属的页",
        "第 {pages} 页没有可认的编码，不知是哪个单位的",
        "请在盖章件清单里看一眼；需要时请单位重新扫描这几页。",
        "同一个文件里有几个单位的盖章件时，没有编码的页不按前后顺序猜。",
    ),
)  # fmt: skip
