"""README's reader succeeds: its walk-through runs as it stands, and its demo is the real one."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from shishi_xl.cli import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
WALK = README.partition("## 五分钟上手")[2].partition("\n## ")[0]
LINKED = re.findall(r"\]\(([^):]+)\)", README)


def commands() -> list[list[str]]:
    blocks = re.findall(r"```sh\n(.*?)```", WALK, re.S)
    lines = (line.strip() for block in blocks for line in block.splitlines())
    return [shlex.split(line) for line in lines if line]


def test_the_walk_through_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    statuses = []
    for command, *arguments in commands():
        if command == "cd":
            monkeypatch.chdir(arguments[0])
        else:
            statuses.append((arguments[0], CliRunner().invoke(main, arguments).exit_code))
    # Long after 2023 everything is missing: consolidate has something to chase.
    assert statuses == [("init", 0), ("check", 0), ("generate", 0), ("consolidate", 1),
                        ("finalise", 1)]  # fmt: skip


def test_the_walk_through_names_the_files_that_it_makes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    test_the_walk_through_runs(tmp_path, monkeypatch)
    made = {file.name for file in tmp_path.rglob("*.xlsx")}
    assert {"汇总_2023Q2.xlsx", "呈报_2023Q2.xlsx"} <= made
    assert any(name.startswith("呈报_2023Q2_第1稿_") for name in made)


@pytest.mark.parametrize("target", LINKED)
def test_what_the_readme_links_to_is_there(target: str) -> None:
    assert (ROOT / target).is_file()
