"""登记.xlsx in the workspace: read once at the start of a run, added to at its end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from .catalogue import RULES
from .inbox import InboxFile
from .ledger_state import Content, LedgerState
from .names import Names
from .problems import Place, Problem
from .reading import Child, read_alone
from .register import DECISIONS, NOTICES, REGISTER_FILE, Register, Written, WrittenRow
from .register_book import Known, read_rows, understand, unknown_files
from .sheets import Book, Refusal
from .whole_file import TEMPORARY, write_whole
from .workspace import Workspace

_DECIDING = {
    DECISIONS: ("unit", "period", "arrival", "handling"),
    NOTICES: ("unit", "period", "topic"),
}
_MOST = 5  # names in one note
Question = Mapping[str, str]  # file, sha256, question


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """The clerk's book as this run found it. `content`: None where there is none; `book`: None
    where it cannot be read. `notes`: what the clerk must know of it."""

    register: Register
    content: bytes | None = None
    book: Book | None = None
    notes: tuple[str, ...] = ()


def load_register(
    workspace: Workspace,
    names: Names,
    state: LedgerState,
    files: Iterable[InboxFile],
    today: date,
    worker: Child,
) -> RegisterFile:
    """What the clerk wrote; where the book or a sheet of it cannot be read, what the ledger has."""
    known = _known(names, state, files, today)
    try:
        content: bytes | None = workspace.register_file.read_bytes()
    except FileNotFoundError:
        content = None
    except OSError as error:
        return _as_before(known, f"打不开：{error.strerror}")
    if content is None:
        return RegisterFile(understand(state.register, known), notes=tuple(_lost(state.register)))
    book = read_alone(worker, REGISTER_FILE, content)
    if not isinstance(book, Book):
        return replace(_as_before(known, _why(book)), content=content)
    rows, problems = read_rows(book)
    register = understand({**state.register, **rows}, known, problems)
    notes = tuple(_vanished(state.register, register.written))
    return RegisterFile(register, content, book, notes)


def with_unknown_files(register: Register, contents: Mapping[str, Content]) -> Register:
    """The register, with a fault for each decision about a file that was never received."""
    seen = {sha: content.paths for sha, content in contents.items()}
    return replace(register, problems=(*register.problems, *unknown_files(register, seen)))


def _as_before(known: Known, reason: str) -> RegisterFile:
    problem = Problem(RULES["G01"], Place(REGISTER_FILE), details=(("reason", reason),))
    return RegisterFile(understand(known.before, known, (problem,)))


def _why(refusal: Refusal | None) -> str:
    match refusal.code if refusal else "":
        case "F03":
            return "有打开密码"
        case "F05":
            return "文件是空的"
        case "F01":
            return next((v for k, v in (refusal.details if refusal else ()) if k == "reason"), "")
    return "不是工作簿"


def _known(names: Names, state: LedgerState, files: Iterable[InboxFile], today: date) -> Known:
    lying = {f.path: f.sha256 for f in files if f.sha256}
    paths = {sha: content.paths for sha, content in state.contents.items()}
    for path, sha in lying.items():
        paths[sha] = (path, *paths.get(sha, ()))
    return Known(names, today, paths, lying, state.register)


def _decided(rows: Written) -> Iterator[tuple[tuple[str, ...], str]]:
    """What tells each row with a word of the clerk's from the others, and how to name it."""
    for sheet, keys in _DECIDING.items():
        for row in rows.get(sheet, ()):
            words = [row.text(key) for key in keys if row.text(key)]
            if sheet == DECISIONS and words:
                yield (sheet, row.text("sha256")), f"{row.text('file')}（{'，'.join(words)}）"
            elif words:
                yield (sheet, *words), " ".join(words)


def _lost(before: Written) -> Iterator[str]:
    if count := sum(1 for _ in _decided(before)):
        yield (
            f"{REGISTER_FILE} 不见了，底账里的 {count} 条登记照旧有效，consolidate 会按底账重做一份。"
            "要取消某条登记，请在表里删去那一行。"
        )


def _vanished(before: Written, now: Written) -> Iterator[str]:
    """What stood in the book at the last run and stands there no more."""
    there = {key for key, _ in _decided(now)}
    gone = [name for key, name in _decided(before) if key not in there]
    if gone:
        more = f"等 {len(gone)} 条" if len(gone) > _MOST else ""
        yield (
            f"{REGISTER_FILE} 里上次还有、这次没有了的登记：{'；'.join(gone[:_MOST])}{more}。"
            "这些登记不再有效；如系误删，请补回后再运行一次。"
        )


@dataclass(frozen=True, slots=True)
class Saved:
    """The book as a run leaves it, and what the clerk must know of what is not in it."""

    content: bytes | None
    notes: tuple[str, ...] = ()


def save_register(
    workspace: Workspace, names: Names, found: RegisterFile, questions: Sequence[Question]
) -> Saved:
    """Make the book where there is none, else add what is new to it.

    Nothing is written where nothing is new, where the book is open, or where the clerk has
    saved it since it was read.
    """
    half = workspace.root / f"{TEMPORARY}{REGISTER_FILE}"  # a run was killed here
    half.unlink(missing_ok=True)
    known = {row.text("sha256").lower() for row in found.register.written.get(DECISIONS, ())}
    new = [q for q in questions if q["sha256"] not in known]
    content, why = _with(workspace, names, found, new)
    if not why and content != found.content and content is not None:
        why = _write(workspace, found, content)
    if not why:
        return Saved(content)
    return Saved(found.content, _unwritten(new, why) if new else ())


def _with(
    workspace: Workspace, names: Names, found: RegisterFile, new: Sequence[Question]
) -> tuple[bytes | None, str]:
    """The book with what is new in it; else why it cannot be added."""
    # xlsxwriter is loaded where a workbook is written.
    from .register_book.append import add_rows
    from .register_book.write import write_register

    written = found.register.written
    if found.content is None and workspace.register_file.exists():
        return None, "打不开"
    if found.content is None:
        rows = {sheet: [r.texts for r in rs] for sheet, rs in written.items()}
        rows[DECISIONS] = [*rows.get(DECISIONS, ()), *new]
        return write_register(names, rows), ""
    pins = _pins(found, written.get(DECISIONS, ()))
    if not (new or pins):
        return found.content, ""
    content = add_rows(found.content, found.book, new, pins) if found.book else None
    return content, "" if content else "读不了，或不是 .xlsx 格式"


def _pins(found: RegisterFile, written: Iterable[WrittenRow]) -> dict[str, str]:
    """Rows that the clerk added by name: the SHA-256 that the program has put to them."""
    if found.book is None:
        return {}
    rows, _ = read_rows(found.book)
    empty = {r.cells["sha256"] for r in rows.get(DECISIONS, ()) if not r.text("sha256")}
    return {
        r.cells["sha256"]: r.text("sha256")
        for r in written
        if r.text("sha256") and r.cells["sha256"] in empty
    }


def _write(workspace: Workspace, found: RegisterFile, content: bytes) -> str:
    """Put the book in its place; why it cannot be, "" where it could."""
    file = workspace.register_file
    if lock := workspace.register_lock():
        return f"正开着（有 {lock}；如并没有打开，请删除它）"
    try:
        now = file.read_bytes() if file.exists() else None
        if now != found.content:
            return "在运行期间被改动过"
        write_whole(file, content)
    except OSError as error:
        refused = isinstance(error, PermissionError)
        return "正开着，或没有写入权限" if refused else str(error.strerror)
    return ""


def _unwritten(new: Sequence[Question], why: str) -> tuple[str, ...]:
    return (
        f"{REGISTER_FILE} {why}，{len(new)} 个新问题没有写进去（见“需要人来处理的文件”和问题清单），"
        "已有的登记照常采用。关闭后再运行一次即可写入。",
    )
