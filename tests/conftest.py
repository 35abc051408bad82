"""Options, settings and workspaces that tests share."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from shishi_xl.init import init

from .clerk import Clerk

# Each programme's first period.
FIRST = {
    "gaoqing-2023": "2023Q2",
    "linzi-2023": "2023Q2",
    "boshan-2024": "2024Q2",
    "linyi-2022": "2022Q2",
    "yantai-2023": "2023H1",
}

# A slow machine is no fault.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(autouse=True)
def _without_sight(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests are the same whether or not the extra `ocr` is installed."""
    monkeypatch.setattr("shishi_xl.reading.read_books.can_see", lambda: False)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden copies anew")


@pytest.fixture(scope="session")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A bundled programme's workspace with the first period's forms generated; not to be changed."""
    made: dict[str, Path] = {}

    def workspace(programme: str) -> Path:
        if programme not in made:
            made[programme] = tmp_path_factory.mktemp(programme) / "office"
            init(made[programme], programme)
            Clerk(made[programme], FIRST[programme]).sends()
        return made[programme]

    return workspace


@pytest.fixture
def clerk_of(tmp_path: Path, sent: Callable[[str], Path]) -> Callable[[str], Clerk]:
    """A clerk with a workspace of a programme, forms sent; each call gives another workspace."""

    def clerk(programme: str) -> Clerk:
        root = tmp_path / f"{programme}-{len(list(tmp_path.iterdir()))}"
        shutil.copytree(sent(programme), root)
        return Clerk(root, FIRST[programme])

    return clerk


@pytest.fixture
def clerk(clerk_of: Callable[[str], Clerk]) -> Clerk:
    """The clerk of gaoqing-2023, whose second quarter's forms are out."""
    return clerk_of("gaoqing-2023")
