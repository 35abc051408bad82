"""items.yaml → forms → filled by every unit → 汇总: what was written comes back, to the letter."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count, cycle
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shishi_xl.checks import CHECKS
from shishi_xl.cli import main
from shishi_xl.demo.unit import Unit

from .clerk import Clerk, read_summary, read_table
from .conftest import FIRST

ANSWERS = {
    "gaoqing-2023": 26,
    "linzi-2023": 25,
    "boshan-2024": 26,
    "yantai-2023": 28,
    "linyi-2022": 29,
}

# What people type, and what Excel, XML or a program might take for something else.
TEXTS = (
    "已建成{}处，均已投入使用。",
    "一是召开推进会{}次；\n二是走访家庭46户；\n\n三是发放明白纸1,500份。",
    "=1+{}",
    "+{}",
    "-{}",
    "@全体成员 已通知{}人",
    "'{}",
    "#N/A {}",
    "１２，５００人；ＡＢＣ（{}）",
    "  前后有空格 {} ",
    "　　全角缩进：已完成{}项\u3000",
    "<r>进度</r> & <b>{}</b> &amp; \"引号\" '单引号' \\n",
    "完成率{}%｜￥3.5万元～4万元… ①②③ ㎡ ℃ ½ 10²",
    "生僻字：𠮷、㛃、龘；表情：👩‍👧 {}",
    "零宽\u200b字符\u200d与不换行\u00a0空格{}",
    "制表\t符\t{}",
    "TRUE {}",
    "0{}",
    "2023-06-30 {}",
    "1-2场（{}）",
    "长" * 1500 + "{}",
    "https://example.gov.cn/?a={}&b=%20",
    "{{{}}} {{{{ item }}}} %s %(x)s",
    "Ünïcödé Ω Ж اللغة {}",
)


@dataclass
class Written:
    """What all units wrote. `answers`: (item's number, unit) → progress, deadline.

    `figures`: (item, target, unit) → the figure.
    """

    answers: dict[tuple[int, str], tuple[str, str]] = field(default_factory=dict)
    figures: dict[tuple[str, str, str], str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)  # unit → file


def fill_everything(clerk: Clerk) -> Written:
    """Every unit fills and signs its whole form and sends it back under a name that says nothing."""
    written, texts, year = Written(), filled_texts(), int(clerk.period[:4])
    for number, (name, form) in enumerate(clerk.forms().items(), 1):
        unit = Unit(form)
        for row, item in enumerate(unit.items):
            unit.fills(item, next(texts), f"{year}年{row % 12 + 1}月{number}日前")
        for row, (item, target) in enumerate(unit.targets, 1):
            percent = unit.measure(target, item) == "%"
            figure = f"{number + row}.5%" if percent else number * 100 + row
            unit.reports(target, figure, item)
            written.figures[item, target, name] = str(figure)
        for item in unit.reporting:
            unit.says_status(item, "按序时推进", f"{name}：资金拨付较慢")
        unit.signs(单位负责人="王建国", 填报人=f"李{number}", 联系电话="0533-6961234")
        written.answers |= {(n, name): answer for n, answer in unit.answers.items()}
        written.files[name] = f"{number}/报表.xlsx"
        clerk.receives(unit, written.files[name])
    return written


def filled_texts() -> Iterator[str]:
    """The texts over and over, no two alike."""
    return (text.format(n) for text, n in zip(cycle(TEXTS), count(1), strict=False))


def cli(root: Path, *arguments: str) -> tuple[int, str]:
    """The exit status and what was said."""
    done = CliRunner().invoke(main, ["-w", str(root), *arguments], prog_name="shishi-xl")
    return done.exit_code, done.output


@dataclass(frozen=True)
class Trip:
    clerk: Clerk
    written: Written
    status: int
    said: str

    @property
    def summary(self) -> Path:
        return self.outbox / f"汇总_{self.clerk.period}.xlsx"

    @property
    def outbox(self) -> Path:
        return self.clerk.workspace.root / "outbox" / self.clerk.period


@pytest.fixture(scope="module")
def trip_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Trip]:
    """The whole way of a programme through the command line; each is gone once."""
    made: dict[str, Trip] = {}

    def trip(programme: str) -> Trip:
        if programme not in made:
            made[programme] = go(tmp_path_factory.mktemp("trip") / "office", programme)
        return made[programme]

    return trip


def go(root: Path, programme: str) -> Trip:
    period = FIRST[programme]
    assert cli(root, "init", str(root), "--example", programme)[0] == 0
    assert cli(root, "generate", period, "--today", f"{period[:4]}-06-20")[0] == 0
    clerk = Clerk(root, period)
    clerk.asks_for_files_alone()
    written = fill_everything(clerk)
    status, said = cli(root, "consolidate", period, "--today", f"{period[:4]}-07-05")
    return Trip(clerk, written, status, said)


@pytest.mark.parametrize("programme", ANSWERS)
def test_every_answer_comes_back_verbatim(trip_of: Callable[[str], Trip], programme: str) -> None:
    trip = trip_of(programme)
    found = read_summary(trip.summary)
    assert found.answers == trip.written.answers
    assert len(found.answers) == ANSWERS[programme]
    assert set(found.states.values()) == {"已报送"}


@pytest.mark.parametrize("programme", ANSWERS)
def test_every_answer_s_cell_is_named(trip_of: Callable[[str], Trip], programme: str) -> None:
    trip = trip_of(programme)
    found = read_summary(trip.summary)
    for (number, unit), place in found.places.items():
        assert place[:2] == (trip.written.files[unit], "工作进展情况报表")
        assert trip.clerk.says(place) == list(trip.written.answers[number, unit])
    assert len(found.places) == ANSWERS[programme]


@pytest.mark.parametrize("programme", ANSWERS)
def test_nothing_is_found_wrong(trip_of: Callable[[str], Trip], programme: str) -> None:
    trip = trip_of(programme)
    found = read_summary(trip.summary)
    # The texts are made for reading: what they say of the work is for test_seeded to judge.
    judged = CHECKS.keys() - {"A01", "D01", "N06"}
    wrong = [p for p in found.problems if p[2] not in judged]
    assert (trip.status, wrong) == (0, []), trip.said
    assert found.receipts == dict.fromkeys(trip.written.files.values(), "采用")


@pytest.mark.parametrize("programme", ANSWERS)
def test_every_figure_comes_back_with_its_cell(
    trip_of: Callable[[str], Trip], programme: str
) -> None:
    trip = trip_of(programme)
    rows = read_table(trip.summary, "量化指标")
    written = {(r["实事名称"], r["指标"], r["责任单位"]): r["填报原文"] for r in rows}
    assert written == trip.written.figures
    for row in rows:
        (said,) = trip.clerk.says((row["来源文件"], "量化指标", row["单元格"]))
        assert said.removesuffix(".0") == row["填报原文"]


@pytest.mark.parametrize("programme", ANSWERS)
def test_who_signed_is_known(trip_of: Callable[[str], Trip], programme: str) -> None:
    trip = trip_of(programme)
    signed = {
        r["责任单位"]: (r["填报人"], r["联系电话"]) for r in read_table(trip.summary, "报送情况")
    }
    names = {u: f"李{file.partition('/')[0]}" for u, file in trip.written.files.items()}
    assert signed == {unit: (name, "0533-6961234") for unit, name in names.items()}


@pytest.mark.parametrize("programme", ["gaoqing-2023", "yantai-2023"])
def test_a_second_run_gives_the_same_bytes(
    trip_of: Callable[[str], Trip], programme: str, tmp_path: Path
) -> None:
    one = trip_of(programme)
    before = outputs(one.outbox)
    period, day = one.clerk.period, f"{one.clerk.period[:4]}-07-05"
    cli(one.clerk.workspace.root, "consolidate", period, "--today", day)
    other = go(tmp_path / "other", programme)
    assert outputs(one.outbox) == before
    assert outputs(other.outbox) == before


def outputs(folder: Path) -> dict[str, bytes]:
    """Every output, 下发 too, by its path."""
    files = (f for f in folder.rglob("*") if f.is_file())
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in sorted(files)}


def test_another_process_gives_the_same_bytes(trip_of: Callable[[str], Trip]) -> None:
    trip = trip_of("linzi-2023")
    before, root = outputs(trip.outbox), str(trip.clerk.workspace.root)
    for file in trip.outbox.glob("*.xlsx"):
        file.unlink()
    command = [sys.executable, "-m", "shishi_xl", "-w", root]
    command += ["consolidate", "2023Q2", "--today", "2023-07-05"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    after = outputs(trip.outbox)
    assert sorted(n for n in before.keys() | after if before.get(n) != after.get(n)) == []
    assert done.returncode == 0, done.stderr


ANYTHING = st.text(
    st.one_of(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), st.just("\n"))
)
SEEN = st.builds("".join, st.tuples(ANYTHING, st.sampled_from("已建成1=+-'"), ANYTHING))
BLANK = st.text(" \n\t\u3000\u00a0", max_size=5)


@settings(max_examples=4, suppress_health_check=list(HealthCheck))
@given(texts=st.lists(st.one_of(SEEN, SEEN, BLANK), min_size=26, max_size=26))
def test_whatever_is_written_comes_back(clerk_of: Callable[[str], Clerk], texts: list[str]) -> None:
    clerk = clerk_of("gaoqing-2023")
    rest = iter(texts)
    written: dict[tuple[int, str], str] = {}
    for name in clerk.forms():
        unit = clerk.unit(name)
        for item in unit.items:
            unit.fills(item, next(rest))
        written |= {(n, name): text for n, (text, _) in unit.answers.items()}
        clerk.receives(unit, f"{name}.xlsx")
    found = {key: text for key, (text, _) in clerk.consolidates().answers.items()}
    assert found == {key: text for key, text in written.items() if text.strip()}
