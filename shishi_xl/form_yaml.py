"""templates/forms/*.yaml → Form, or every fault in it with line and column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from .form import Form, make_form
from .items_yaml import Fault
from .items_yaml.node import Node
from .items_yaml.schema import FORM
from .items_yaml.structure import check_structure
from .items_yaml.tree import read_tree
from .sources import is_source

_LONGEST_LIST = 255  # characters of a drop-down list with its commas; Excel's limit


def load_form(
    name: str, sources: Mapping[str, bytes]
) -> tuple[Form | None, tuple[tuple[str, Fault], ...]]:
    """The form, or None and its faults, each with the file that it stands in.

    `sources`: file as faults name it → its bytes; the annex first, then targets and status.
    """
    tables, faults = [], []
    for file, source in sources.items():
        table, found = _load_table(source)
        tables.append(table)
        faults += [(file, fault) for fault in found]
    faults += _name_faults(dict(zip(sources, tables, strict=True)))
    if faults:
        return None, tuple(faults)
    annex, *companions = (table.plain for table in tables if table)
    return make_form(name, annex, companions), ()


def _name_faults(tables: Mapping[str, Node | None]) -> Iterator[tuple[str, Fault]]:
    """Sheets of one workbook have names of their own; two are the writer's."""
    taken = {"上期填报", "填报说明"}
    for file, table in tables.items():
        name = table["sheet"].text if table else ""
        if table and name in taken:
            yield file, Fault(*table["sheet"].place, f"工作表名“{name}”已经有了；请换一个名称")
        taken.add(name or "工作进展情况报表")


def _load_table(source: bytes) -> tuple[Node | None, tuple[Fault, ...]]:
    tree = read_tree(source)
    if tree.root is None:
        return None, tree.faults
    structured = check_structure(tree.root, tree.lost, FORM)
    faults = {*tree.faults, *structured.faults}
    if not faults:
        faults = set(_meaning(structured.node))
    return structured.node, tuple(sorted(faults))


def _meaning(root: Node) -> Iterator[Fault]:
    """What the schema cannot say: sources that exist, names used once, a table one can answer."""
    columns = list(_leaves(root))
    for column in columns:
        yield from _column_meaning(column)
    keys = [(_key(column), column) for column in columns]
    often = Counter(key for key, _ in keys)
    for key, column in keys:
        if often[key] > 1:
            yield Fault(
                *column.place, f"有 {often[key]} 列的名称都是“{key}”；请用 key 写成不同的名称"
            )
            often[key] = 0
    if not any("answer" in column for column in columns):
        yield Fault(*root["columns"].place, "没有由单位填写的列；请给至少一列写上 answer")
    if not any(column["source"].text == "item.name" for column in columns):
        yield Fault(*root["columns"].place, "没有实事名称一列；请加上 source: item.name 的列")


def _leaves(node: Node) -> Iterator[Node]:
    """The columns, those under a grouped header in its place."""
    for column in node["columns"].children:
        if "columns" in column:
            yield from _leaves(column)
        else:
            yield column


def _column_meaning(column: Node) -> Iterator[Fault]:
    if ("source" in column) == ("answer" in column):
        yield Fault(
            *column.place, "一列应在 source（已填好）和 answer（由单位填）中写一个，且只写一个"
        )
    source = column["source"]
    if source.text and not is_source(source.text):
        yield Fault(*source.place, f"没有“{source.text}”这个来源；可用的来源见 docs/forms.md")
    if (column["answer"].text == "choice") != ("choices" in column):
        yield Fault(*column.place, "choices 与 answer: choice 应同时出现；请补上或删去")
    if len(",".join(n.text for n in column["choices"].children)) > _LONGEST_LIST:
        yield Fault(*column["choices"].place, "选项合计超过 255 个字，电子表格放不下；请缩短或减少")
    if "width" not in column:
        yield Fault(*column.place, "没有写列宽；请加上 width，如 width: 12")


def _key(column: Node) -> str:
    return column["key"].text or column["source"].text or column["header"].text
