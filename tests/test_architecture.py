"""Imports run one way: cli → main path → stages → form and layout → model → kinds."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "shishi_xl"

# Room by room, from the top; a module may import from its own room and from those below it.
ROOMS = (
    ("__main__", "cli", "chinese_click"),
    ("demo",),
    ("screen", "as_json", "cluster", "generate", "consolidate", "unchanged", "finalise", "status", "init"),
    ("collect", "register_file", "replies"),
    ("summarise",),
    ("history", "settle", "arrivals", "texts", "understand"),
    ("reads", "kept", "office", "workspace", "run_lock", "inbox", "draft_files"),
    # The stages, which never import one another.
    ("reading", "recognise", "stamped", "extract", "merge", "checks", "write_form", "summary_book",
     "register_book", "items_yaml", "form_yaml", "marking", "circular"),
    ("causes", "figures", "grid", "paper", "plain_fit", "plain_table"),
    ("cells", "layout", "styles", "summary", "titles", "words", "wrap"),
    ("sent",),
    ("unit_form", "opinions"),
    ("returns", "sources", "names"),
    ("ledger",),
    ("ledger_tables",),
    ("ledger_state",),
    ("copies", "form", "marks", "register", "sheets"),
    ("drafts", "editions"),
    ("in_period",),
    ("model", "joint", "progress"),
    ("target",),
    ("kinds", "period", "problems", "catalogue", "whole_file"),
)  # fmt: skip
STAGES = ROOMS[7]
LIBRARIES = {
    "xlsxwriter": {
        "cells",
        "grid",
        "paper",
        "plain_table",
        "register_book",
        "replies",
        "styles",
        "summary_book",
        "write_form",
    },
    "python_calamine": {"reading"},
    "olefile": {"reading"},
    "openpyxl": {"demo"},
    "docx": {"circular", "reading"},
    "docxtpl": {"circular"},
    "py7zr": {"reading"},
    "psutil": {"reading"},
    "PIL": {"reading", "summary_book"},
    "pypdfium2": {"reading"},
    "rapidocr": {"reading"},
    "zxingcpp": {"reading"},
    "segno": {"write_form"},
    "lxml": {"circular", "reading", "register_book", "marking"},
    "defusedxml": {"reading"},
    "jinja2": {"circular", "texts"},
    "yaml": {"items_yaml", "form_yaml"},
    "jsonschema": {"items_yaml", "form_yaml"},
    "sqlite3": {"kept", "ledger", "ledger_tables"},
    "distributed": {"cluster"},
    "click": {"cli", "chinese_click", "screen"},
}


def _module_of(file: Path) -> str:
    return file.relative_to(PACKAGE).with_suffix("").parts[0]


def _imports() -> list[tuple[str, str]]:
    """(importing module, imported module or library), of every file in the package."""
    found = []
    for file in sorted(PACKAGE.rglob("*.py")):
        depth = len(file.relative_to(PACKAGE).parts)
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom):
                name = (node.module or "").split(".")[0]
                if node.level == 0:
                    found.append((_module_of(file), name))
                elif node.level == depth:  # from the package itself
                    names = [name] if name else [a.name for a in node.names]
                    found += [(_module_of(file), n) for n in names]
            elif isinstance(node, ast.Import):
                found += [(_module_of(file), a.name.split(".")[0]) for a in node.names]
    return found


def _room(module: str) -> int:
    return next(i for i, room in enumerate(ROOMS) if module in room)


MODULES = {name for room in ROOMS for name in room}
INSIDE = sorted({(a, b) for a, b in _imports() if b in MODULES and a in MODULES and a != b})


def test_every_module_has_its_room() -> None:
    here = {_module_of(file) for file in PACKAGE.rglob("*.py")}
    assert here - {"__init__"} == MODULES


@pytest.mark.parametrize("module", sorted(MODULES))
def test_contributing_says_where_a_module_is(module: str) -> None:
    shown = f"{module}/" if (PACKAGE / module).is_dir() else module
    assert f"`{shown}`" in (PACKAGE.parent / "CONTRIBUTING.md").read_text("utf-8")


@pytest.mark.parametrize(("importer", "imported"), INSIDE)
def test_imports_run_one_way(importer: str, imported: str) -> None:
    assert _room(importer) <= _room(imported)


def test_stages_do_not_import_one_another() -> None:
    allowed = {("form_yaml", "items_yaml")}  # one reader of YAML with positions serves both
    between = {(a, b) for a, b in INSIDE if a in STAGES and b in STAGES}
    assert between <= allowed


@pytest.mark.parametrize("library", sorted(LIBRARIES))
def test_a_library_stays_in_its_rooms(library: str) -> None:
    users = {a for a, b in _imports() if b == library}
    assert users <= LIBRARIES[library]
