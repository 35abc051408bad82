"""Programmes that nobody has published: many units, long names, one item, twelve units to an item."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

_TITLE = "2023年为全市妇女儿童和老年人残疾人等重点群体办好十件民生实事及配套保障事项推进落实工作进展情况统计汇总报送表格（试行）"
_UNITS = tuple(
    f"某某市第{n}区人民政府妇女儿童工作委员会办公室暨民生实事协调推进中心" for n in range(1, 41)
)
_NAME = "实施第{}批城乡普惠托育与家庭教育指导服务一体化提质扩容示范行动"
_TARGET = {"name": "新增普惠托位数（含社区嵌入式托育点）", "goal": 1200, "measure": "个"}


def _programme(key: str, items: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {
        "id": key, "programme": "2023年民生实事", "year": 2023, "cycle": "quarter", "due": 5,
        "collector": {"name": "市妇儿工委办公室"}, "items": items, **more,
    }  # fmt: skip


def _forty() -> dict[str, Any]:
    """40 items over 40 units of 30 characters, two to an item; the title has 60 characters."""
    items = [
        {"name": _NAME.format(n + 1), "responsible": [_UNITS[n], _UNITS[(n * 7 + 3) % 40]],
         "targets": [_TARGET]}
        for n in range(40)
    ]  # fmt: skip
    return _programme("forty-2023", items, title=_TITLE, programme=_TITLE[:34] + "民生实事")


def _single() -> dict[str, Any]:
    item = {
        "name": "建设儿童之家",
        "responsible": ["县妇联"],
        "targets": [{"name": "儿童之家", "goal": 3, "measure": "个"}],
    }
    return _programme("single-2023", [item])


def _dozen() -> dict[str, Any]:
    """Five items, one of them with twelve units."""
    units = [
        f"县{name}局"
        for name in [
            "教育",
            "民政",
            "公安",
            "司法",
            "财政",
            "住建",
            "交通",
            "水利",
            "农业",
            "商务",
            "文旅",
            "卫健",
        ]
    ]
    items: list[dict[str, Any]] = [{"name": "开展儿童安全守护行动", "lead": units[:1], "responsible": units[1:],
                                    "targets": [{"name": "安全教育", "goal": 120, "measure": "场"}]}]  # fmt: skip
    items += [{"name": f"第{n}件实事", "responsible": [units[n]]} for n in range(1, 5)]
    return _programme("dozen-2023", items)


ODD: Mapping[str, Callable[[], dict[str, Any]]] = {
    "forty-2023": _forty,
    "single-2023": _single,
    "dozen-2023": _dozen,
}


def items_yaml(key: str) -> str:
    """items.yaml of the programme; JSON is YAML."""
    return json.dumps(ODD[key](), ensure_ascii=False, indent=1)
