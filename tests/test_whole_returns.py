"""Whole returns without fault: nothing is asked of any unit."""

from pathlib import Path

import pytest

from .seeded.whole import FILES, play


@pytest.mark.parametrize("name", FILES)
def test_of_clean_returns_nothing_is_asked(name: str, tmp_path: Path) -> None:
    for code, found in play(tmp_path / "office", name):
        asked = [(r["文件"], r["单元格"], r["代码"], r["问题"]) for r in found.rows]
        assert (code, asked) == (code, [])
        assert set(found.states.values()) == {"已报送"}
