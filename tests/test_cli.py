"""The command line as its users see it: sentences, exit status, help in Chinese."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from shishi_xl.cli import main

COMMANDS = ["init", "check", "generate", "consolidate", "finalise", "status", "demo"]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, prog_name="shishi-xl")


@pytest.fixture
def office(tmp_path: Path) -> Path:
    run("init", str(tmp_path / "office"), "--example", "gaoqing-2023")
    return tmp_path / "office"


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_is_chinese(command: str) -> None:
    lines = run(command, "--help").output.replace("shishi-xl", "").splitlines()
    english = [x for x in lines if re.search(r"[a-z]{4,} [a-z]{3,}", x)]
    assert (lines[0][:3], english) == ("用法：", [])


def test_every_command_is_in_the_readme() -> None:
    readme = (Path(__file__).parent.parent / "README.md").read_text("utf-8")
    assert [c for c in main.commands if f"| `{c}" not in readme] == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nonsense"], "没有这个命令"),
        (["check", "x"], "多出了参数：x。"),
        (["status", "--jsn"], "没有 --jsn 这个选项，是不是 --json？"),
        (["status", "--today", "七月"], "“七月”不是日期，请写成 2023-07-05 这样。"),
        (["status", "2023Q9"], "“2023Q9”不是期次；请写成 2023Q2 这样，本方案有：2023Q2、2023Q3、2023Q4。"),
        (["status", "2023Q1"], "2023年第一季度（2023Q1）不在本方案之内"),
        (["status", "2023H1"], "2023年上半年（2023H1）不在本方案之内"),
        (["generate", "2023Q2", "--unit", "县财政局"], "“县财政局”在 2023年第二季度 没有报送任务"),
        (["init", ".", "--example", "gaoqing-2022"], "没有“gaoqing-2022”这个示例；可用的有："),
        (["init"], "请写明文件夹，以及示例或上一年的文件夹"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_a_sentence_and_status_2(
    office: Path, arguments: list[str], sentence: str
) -> None:
    done = run("-w", str(office), *arguments)
    assert (done.exit_code, sentence in done.output) == (2, True), done.output


def test_a_folder_without_items_yaml_is_said(tmp_path: Path) -> None:
    done = run("-w", str(tmp_path), "check")
    assert (done.exit_code, "没有 items.yaml" in done.output) == (2, True)


def test_init_never_replaces_an_items_yaml(office: Path) -> None:
    (office / "items.yaml").write_text("mine", "utf-8")
    done = run("init", str(office), "--example", "linzi-2023")
    assert (done.exit_code, (office / "items.yaml").read_text("utf-8")) == (2, "mine")


def test_init_lists_the_five_programmes() -> None:
    names = [line.split()[0] for line in run("init", "--list").output.splitlines()]
    assert names == ["boshan-2024", "gaoqing-2023", "linyi-2022", "linzi-2023", "yantai-2023"]


def test_faults_of_items_yaml_are_counted_and_status_2(office: Path) -> None:
    items = office / "items.yaml"
    items.write_text(items.read_text("utf-8").replace("cycle: quarter", "cycle: weekly"), "utf-8")
    done = run("-w", str(office), "check")
    assert (done.exit_code, re.search(r"items\.yaml:\d+:8: ", done.output) is not None) == (2, True)


@pytest.mark.parametrize(
    ("today", "status"), [("2023-06-20", 0), ("2023-06-30", 0), ("2023-07-01", 1)]
)
def test_before_the_due_day_nothing_is_missing(office: Path, today: str, status: int) -> None:
    assert run("-w", str(office), "consolidate", "2023Q2", "--today", today).exit_code == status


def test_an_output_that_cannot_be_written_is_status_2(office: Path) -> None:
    (office / "outbox" / "2023Q2" / "汇总_2023Q2.xlsx").mkdir(parents=True)
    done = run("-w", str(office), "consolidate", "2023Q2", "--today", "2023-06-20")
    assert (done.exit_code, "outbox/2023Q2/汇总_2023Q2.xlsx 没有写成" in done.output) == (2, True)
    assert (office / "outbox" / "2023Q2" / "呈报_2023Q2.xlsx").is_file()


def test_status_for_programs_is_json(office: Path) -> None:
    done = run("-w", str(office), "status", "2023Q2", "--today", "2023-07-01", "--json")
    said = json.loads(done.output)
    assert (said["period"], said["open"], len(said["details"])) == ("2023Q2", True, 26)


def test_status_writes_nothing(office: Path) -> None:
    before = sorted(office.rglob("*"))
    run("-w", str(office), "status", "2023Q2")
    assert sorted(office.rglob("*")) == before


def test_status_says_that_files_wait_in_the_inbox(office: Path) -> None:
    (office / "inbox" / "a.xlsx").write_bytes(b"x")
    assert "收件箱里有 1 个文件还没有汇总" in run("-w", str(office), "status", "2023Q2").output


def test_a_lost_ledger_is_said(office: Path) -> None:
    run("-w", str(office), "consolidate", "2023Q2", "--today", "2023-06-20")
    (office / ".shishi" / "ledger.sqlite").unlink()
    done = run("-w", str(office), "consolidate", "2023Q2", "--today", "2023-06-20")
    assert "底账文件夹 .shishi 不见了" in done.output


def test_the_table_needs_no_colour(office: Path) -> None:
    done = run("-w", str(office), "consolidate", "2023Q2", "--today", "2023-07-01")
    (line,) = [x for x in done.output.splitlines() if x.startswith("县科协")]
    assert line.split() == ["县科协", "未报送", "0/1", "未收"]


@pytest.mark.parametrize("library", ["pandas", "openpyxl", "xlsxwriter"])
@pytest.mark.parametrize("arguments", [["--help"], ["status", "2023Q2"]], ids=["help", "status"])
def test_what_needs_no_workbook_writer_loads_none(
    office: Path, library: str, arguments: list[str]
) -> None:
    code = (
        "import sys; from shishi_xl.cli import main\n"
        f"try: main(['-w', {str(office)!r}, *{arguments!r}])\n"
        f"except SystemExit: sys.exit({library!r} in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0


def test_the_package_runs_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "shishi_xl", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("shishi-xl ")
