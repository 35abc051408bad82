"""Inserting and deleting, and what must be true of the sheet afterwards in any spreadsheet program."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .desk import Area, Desk

Line = Callable[[int], int | None]  # where a row or column goes; None where it is deleted


def stays(line: int) -> int:
    """Every line where it is."""
    return line


def insertion(at: int, count: int) -> Line:
    """Lines from `at` on go `count` further."""
    return lambda line: line + count if line >= at else line


def deletion(at: int, count: int) -> Line:
    """Lines `at` and after go, `count` of them; those behind close the gap."""
    return lambda line: line if line < at else None if line < at + count else line - count


def moved(area: Area, row: Line, col: Line) -> Area | None:
    """Where an area comes to lie; None where nothing is left of it."""
    first, left, last, right = area
    rows = [to for line in range(first, last + 1) if (to := row(line)) is not None]
    cols = [to for line in range(left, right + 1) if (to := col(line)) is not None]
    return (min(rows), min(cols), max(rows), max(cols)) if rows and cols else None


def moved_areas(areas: Iterable[Area], row: Line = stays, col: Line = stays) -> set[Area]:
    """Where merged areas come to lie; one that shrinks to a cell is none any more."""
    every = (moved(area, row, col) for area in areas)
    return {new for new in every if new and new[:2] != new[2:]}


def insert_rows(desk: Desk, sheet: str, at: int, count: int = 1) -> None:
    """Unprotect and insert; asserts that merged areas and heights moved."""
    desk.unprotect(sheet)
    merges, heights = desk.merges(sheet), desk.heights(sheet)
    desk.insert_rows(sheet, at, count)
    _assert_moved(desk, sheet, merges, heights, insertion(at, count))


def delete_rows(desk: Desk, sheet: str, at: int, count: int = 1) -> None:
    """Unprotect and delete; asserts that merged areas and heights moved."""
    desk.unprotect(sheet)
    merges, heights = desk.merges(sheet), desk.heights(sheet)
    desk.delete_rows(sheet, at, count)
    _assert_moved(desk, sheet, merges, heights, deletion(at, count))


def insert_column(desk: Desk, sheet: str, at: int) -> None:
    """Unprotect and insert; asserts that merged areas and hidden columns moved."""
    _change_columns(desk, sheet, lambda: desk.insert_columns(sheet, at), insertion(at, 1))


def delete_column(desk: Desk, sheet: str, at: int) -> None:
    """Unprotect and delete; asserts that merged areas and hidden columns moved."""
    _change_columns(desk, sheet, lambda: desk.delete_columns(sheet, at), deletion(at, 1))


def sort_rows(desk: Desk, sheet: str, area: Area, by: int, *, downwards: bool) -> None:
    """Unprotect and sort; asserts that merged areas and heights stayed, as they do in a sort."""
    desk.unprotect(sheet)
    merges, heights = desk.merges(sheet), desk.heights(sheet)
    desk.sort(sheet, area, by, downwards=downwards)
    _assert_moved(desk, sheet, merges, heights, stays)


def move_row(desk: Desk, sheet: str, row: int, to: int) -> None:
    """Insert a row before row `to`, drag the other there, delete the empty one that is left."""
    insert_rows(desk, sheet, to)
    old = row + 1 if row >= to else row
    width = max(map(len, desk.cells(sheet)))
    desk.drag(sheet, (old, 0, old, width - 1), (to, 0))
    delete_rows(desk, sheet, old)


def move_column(desk: Desk, sheet: str, rows: tuple[int, int], col: int, to: int) -> None:
    """The same with a table's column, from its first row to its last, or to where a line under the
    table is merged across it."""
    insert_column(desk, sheet, to)
    old = col + 1 if col >= to else col
    across = (a[0] - 1 for a in desk.merges(sheet) if a[1] <= old <= a[3] and a[1] < a[3])
    last = min((row for row in across if row >= rows[0]), default=rows[1])
    desk.drag(sheet, (rows[0], old, min(last, rows[1]), old), (rows[0], to))
    delete_column(desk, sheet, old)


def _change_columns(desk: Desk, sheet: str, change: Callable[[], None], line: Line) -> None:
    desk.unprotect(sheet)
    merges, hidden = desk.merges(sheet), desk.hidden_columns(sheet)
    change()
    _assert_merged(desk.merges(sheet), merges, col=line)
    assert desk.hidden_columns(sheet) >= {to for c in hidden if (to := line(c)) is not None}


def _assert_moved(
    desk: Desk, sheet: str, merges: set[Area], heights: list[float], line: Line
) -> None:
    _assert_merged(desk.merges(sheet), merges, row=line)
    now = desk.heights(sheet)
    for row, height in enumerate(heights):
        to = line(row)
        assert to is None or to >= len(now) or abs(now[to] - height) < 1, (row, height, now)


def _assert_merged(now: set[Area], before: set[Area], row: Line = stays, col: Line = stays) -> None:
    """LibreOffice parts an area whose first cell is deleted; others leave what remains of it."""
    kept = {a for a in before if row(a[0]) is not None and col(a[1]) is not None}
    assert moved_areas(kept, row, col) <= now <= moved_areas(before, row, col), (before, now)
