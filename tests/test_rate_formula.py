"""完成率 in a unit's form, as LibreOffice computes it, is what the program says."""

from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from shishi_xl.demo.unit import Unit
from shishi_xl.generate import generate
from shishi_xl.office import load_office
from shishi_xl.progress import part_of, rate
from shishi_xl.target import Target
from shishi_xl.workspace import Workspace

from .programs import needs_libreoffice, save_by_libreoffice

UNIT = "县妇联"
FIGURES = ("0", "1", "20.5", "85%", "一千")
TARGETS = """\
      - {name: 场次, goal: 30, measure: 场}
      - {name: 托位数, goal: 4.5, measure: 个, kind: level, base: 4.1}
      - {name: 近视率, goal: {max: 20}, measure: "%", base: 21}
      - {name: 没有基数的近视率, goal: {max: 20}, measure: "%"}
      - {name: 保持的满意率, goal: 98%, base: 99}
      - {name: 区间, goal: 1-2, measure: 场}
      - {name: 比率区间, goal: {min: 40, max: 60}, measure: "%"}
      - {name: 左右, goal: {about: 10}, measure: 个}
      - {name: 事故, goal: {max: 5}, measure: 件}
      - {name: 全覆盖, goal: {text: 全覆盖}}
      - {name: 分担, goal: 1.5万, measure: 人, by: {县妇联: 1万, 县总工会: 0.5万}}
      - {name: 共同, goal: 3, measure: 个, by: [县妇联, 县总工会]}
"""
ITEMS = f"""\
id: rates-2023
programme: 2023年实事
year: 2023
cycle: quarter
items:
  - name: 实施友好行动
    responsible: [县妇联, 县总工会]
    targets:
{TARGETS}"""


@pytest.fixture
def office(tmp_path: Path) -> Workspace:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "items.yaml").write_text(ITEMS, "utf-8")
    workspace = Workspace(tmp_path)
    assert generate(workspace, "2023Q2", UNIT, date(2023, 6, 20)).faults == ()
    return workspace


def shown(target: Target, written: str) -> float | str:
    """What the cell should show: as far as the formula reads what was typed."""
    if target.goal.text or target.is_pooled(UNIT) or part_of(target, UNIT).is_limit:
        return "—"
    try:
        found = rate(part_of(target, UNIT), Decimal(written.removesuffix("%")))
    except InvalidOperation:
        return ""
    return "" if found is None else round(float(found), 9)


def rates(file: Path) -> dict[str, float | str]:
    """Target → 完成率 as it stands in a saved form."""
    rows = CalamineWorkbook.from_path(file).get_sheet_by_name("量化指标").to_python()
    head = next(at for at, row in enumerate(rows) if "完成率" in row)
    name, at = rows[head].index("指标"), rows[head].index("完成率")
    found = {str(row[name]): row[at] for row in rows[head + 1 :] if row[name]}
    return {k: round(v, 9) if isinstance(v, float) else str(v) for k, v in found.items()}


def test_an_empty_answer_has_an_empty_rate_before_anything_is_computed(office: Workspace) -> None:
    form = next((office.root / "outbox/2023Q2/下发").glob("*.xlsx"))
    assert set(rates(form).values()) == {"", "—"}


@needs_libreoffice
def test_libreoffice_computes_what_the_program_says(office: Workspace, tmp_path: Path) -> None:
    form = next((office.root / "outbox/2023Q2/下发").glob("*.xlsx"))
    filled = []
    for number, written in enumerate(FIGURES):
        unit = Unit(load_workbook(form))
        for item, target in unit.targets:
            unit.reports(target, written, item)
        unit.book.save(tmp_path / f"{number}.xlsx")
        filled.append(tmp_path / f"{number}.xlsx")
    save_by_libreoffice(filled, "xlsx", tmp_path / "saved")
    targets = load_office(office).programme.items[0].targets
    for file, written in zip(filled, FIGURES, strict=True):
        expected = {t.name: shown(t, written) for t in targets}
        assert rates(tmp_path / "saved" / file.name) == expected, written
