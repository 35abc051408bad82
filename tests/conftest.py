"""Options and settings that all tests share."""

import pytest
from hypothesis import settings

# A slow machine is no fault.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden copies anew")
