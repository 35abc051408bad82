"""Broken returns by the thousand: flipped, cut and spliced bytes and XML, through the command line.

    python -m tests.fuzz [COUNT]

prints how many files there were, how many of them are listed, how long the run took, the longest
memory of it and of its workers, and what became of the files. Exit status 1 where a file is not
listed, the run fails, or its memory goes beyond the limit.
"""

from __future__ import annotations

import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

from python_calamine import CalamineWorkbook

LIMIT = 512 * 2**20  # bytes, for the run and its worker together


def flip(seed: bytes, rng: random.Random) -> bytes:
    """Some bytes changed anywhere."""
    content = bytearray(seed)
    for _ in range(rng.choice((1, 3, 20, 200))):
        content[rng.randrange(len(content))] = rng.randrange(256)
    return bytes(content)


def cut(seed: bytes, rng: random.Random) -> bytes:
    """The end, the beginning or a piece in the middle missing."""
    a, b = sorted((rng.randrange(len(seed)), rng.randrange(len(seed))))
    return rng.choice((seed[:a], seed[a:], seed[:a] + seed[b:]))


def splice(seed: bytes, rng: random.Random) -> bytes:
    """A piece of the file put in again elsewhere."""
    a, b = sorted((rng.randrange(len(seed)), rng.randrange(len(seed))))
    at = rng.randrange(len(seed))
    return seed[:at] + seed[a : min(b, a + 4096)] + seed[at:]


def part(seed: bytes, rng: random.Random) -> bytes:
    """One part of the package damaged inside, the zip itself whole; other files are flipped."""
    try:
        with zipfile.ZipFile(BytesIO(seed)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except zipfile.BadZipFile:
        return flip(seed, rng)
    name = rng.choice([n for n in parts if parts[n]])
    parts[name] = rng.choice((flip, cut, splice, _swap_tags))(parts[name], rng)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for inner, content in parts.items():
            archive.writestr(inner, content)
    return out.getvalue()


def _swap_tags(seed: bytes, rng: random.Random) -> bytes:
    """XML that is well-formed more often than not: numbers and references exchanged."""
    old, new = rng.choice(
        ((b'r="', b'r="X'), (b'"1"', b'"99999999"'), (b'"A', b'"XFD'), (b"<c ", b"<c t='e' "),
         (b"<v>", b"<v>-"), (b"</row>", b""), (b"<si>", b"<si/><si>"), (b't="s"', b't="b"'))
    )  # fmt: skip
    return seed.replace(old, new, rng.choice((1, 5, -1)))


DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (flip, cut, splice, part, part)


def seeds(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Returns as units send them: the program's forms, and copies saved by LibreOffice."""
    office = folder / "office"
    _shishi("init", str(office), "--example", "gaoqing-2023")
    _shishi("-w", str(office), "generate", "2023Q2")
    forms = sorted((office / "outbox" / "2023Q2" / "下发").glob("*.xlsx"))[:4]
    yield from ((".xlsx", form.read_bytes()) for form in forms)
    if soffice := shutil.which("soffice"):
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        for kind in ("xls", "ods", "html", "csv:Text - txt - csv (StarCalc):44,34,76"):
            command = [
                soffice,
                profile,
                "--headless",
                "--convert-to",
                kind,
                "--outdir",
                str(folder),
            ]
            subprocess.run([*command, str(forms[0])], check=True, capture_output=True)
            made = folder / f"{forms[0].stem}.{kind[:4].rstrip(':')}"
            yield made.suffix, made.read_bytes()
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for form in forms[:2]:
            packed.write(form, form.name)
    yield ".zip", archive.getvalue()


def _shishi(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "shishi_xl", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def make_inbox(inbox: Path, originals: list[tuple[str, bytes]], count: int) -> None:
    """`count` damaged files; the same on every machine."""
    rng = random.Random(20231231)
    for number in range(count):
        suffix, seed = rng.choice(originals)
        content = rng.choice(DAMAGES)(seed, rng)
        folder = inbox / f"{number // 1000:02d}"
        folder.mkdir(exist_ok=True)
        (folder / f"{number:05d}{suffix}").write_bytes(content)


def run(count: int) -> int:
    """Make the files, consolidate, and print what became of them; the exit status."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        originals = list(seeds(folder))
        office = folder / "office"
        make_inbox(office / "inbox", originals, count)
        start = time.perf_counter()
        done = _shishi("-w", str(office), "consolidate", "2023Q2", "--today", "2023-07-05")
        seconds = time.perf_counter() - start
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
        if done.returncode not in (0, 1):
            print(done.stdout[-2000:], done.stderr[-4000:], sep="\n")
            return 1
        rows = _listed(office / "outbox" / "2023Q2" / "汇总_2023Q2.xlsx")
    files = {f"{n // 1000:02d}/{n:05d}" for n in range(count)}
    listed = {path.partition(".")[0] for path in rows if path.count("/") == 1}
    for outcome, number in Counter(rows.values()).most_common():
        print(f"{outcome:　<6} {number}")
    print(
        f"files {count}, listed {len(files & listed)}, run {seconds:.0f} s, memory {memory / 2**20:.0f} MB"
    )
    return int(listed != files or memory > LIMIT)


def _listed(summary: Path) -> dict[str, str]:
    """Every row of 收件清单: file → 处理结果."""
    book = CalamineWorkbook.from_path(str(summary))
    head, *rows = book.get_sheet_by_name("收件清单").to_python()
    path, outcome = head.index("文件"), head.index("处理结果")
    return {str(row[path]): str(row[outcome]) for row in rows}


if __name__ == "__main__":
    sys.exit(run(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
