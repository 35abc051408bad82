"""Files in inbox/ → links to them from a workbook in outbox/PERIOD/."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath
from urllib.parse import quote

from ..cells import cell_text
from ..plain_table import Link
from ..problems import Place, Problem
from ..summary import Outcome, Summary
from ..words import files_of

_INBOX = "../../inbox/"  # as seen from outbox/PERIOD/
_ROOT = "../../"
_MAX_LINK = 255
# What may not stand in a relative link as Excel writes it; Chinese stays as it is.
_ESCAPED = str.maketrans({c: quote(c, safe="") for c in '%#"<>[]^`{} '})


class FileLinks:
    """What the summary knows of files decides where a link can go."""

    def __init__(self, summary: Summary) -> None:
        self._files = {row.path: row.outcome for row in summary.receipts}

    def to(self, path: str) -> Link | str:
        """The file with a link: of a member, to its archive; none to one that is gone."""
        outermost_first = map(str, reversed(PurePosixPath(path).parents))
        file = next((p for p in outermost_first if self._files.get(p) is Outcome.UNPACKED), path)
        url = _INBOX + file.translate(_ESCAPED)
        gone = self._files.get(file) is Outcome.GONE
        # A backslash is a folder's end to Excel; a control character cannot stand in XML.
        unfit = len(url) >= _MAX_LINK or "\\" in file or cell_text(file) != file
        return path if not path or gone or unfit else Link(path, f"external:{url}")

    def to_problem(self, problem: Problem) -> Link | str:
        """The problem's file; of what is for the clerk to settle, the clerk's own file."""
        path = problem.place.file
        return Link(path, f"external:{_ROOT}{path}") if problem.for_clerk else self.to(path)

    def to_all(self, places: Iterable[Place]) -> Link | str:
        """The files of several places; a link to the only one, or to the first of them."""
        names = files_of(places)
        first = self.to(names.split("；")[0])
        return Link(names, first.url) if isinstance(first, Link) else names
