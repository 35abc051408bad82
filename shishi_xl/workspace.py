"""The workspace folder: where things lie, the lock, and writing outputs whole."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path

from .ledger import Ledger
from .period import Period
from .register import REGISTER_FILE
from .whole_file import TEMPORARY, write_whole

BUNDLED = next(
    folder
    for folder in (Path(__file__).parent / "templates", Path(__file__).parent.parent / "templates")
    if folder.is_dir()
)


class Workspace:
    """One programme's folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def items_file(self) -> Path:
        return self.root / "items.yaml"

    @property
    def inbox(self) -> Path:
        return self.root / "inbox"

    @property
    def ledger(self) -> Ledger:
        return Ledger(self.root / ".shishi")

    @property
    def register_file(self) -> Path:
        return self.root / REGISTER_FILE

    def register_lock(self) -> str:
        """The name of the file that Excel, WPS or LibreOffice put beside 登记.xlsx while it is
        open; "" where there is none."""
        names = (f"~${REGISTER_FILE}", f".~{REGISTER_FILE}", f".~lock.{REGISTER_FILE}#")
        return next((name for name in names if (self.root / name).exists()), "")

    def lost_ledger(self) -> tuple[str, ...]:
        """A ledger that is gone while its summaries are still there is no fresh start: a sentence."""
        summaries = sorted(self.root.glob("outbox/*/汇总_*.xlsx"))
        if self.ledger.exists or not summaries:
            return ()
        names = "、".join(p.name for p in summaries)
        return (
            f"底账文件夹 .shishi 不见了，但 outbox 里已有 {names}。以前收到而收件箱里已没有的报表、"
            "上期数据、定稿记录都不在其中；如能找回 .shishi，请放回原处后再运行。年中加过、删过、"
            "调过顺序的事项，请在 items.yaml 里写明 id。",
        )

    def outbox(self, period: Period) -> Path:
        return self.root / "outbox" / str(period)

    def brief(self, period: Period) -> Path:
        """呈报_PERIOD.xlsx, for the leadership, as the last run wrote it."""
        return self.outbox(period) / f"呈报_{period}.xlsx"

    def drafts(self, period: Period) -> Path:
        """Where what was finalised lies, never touched again."""
        return self.outbox(period) / "定稿"

    def template(self, name: str) -> Path:
        """A form or text by its path in templates/: the workspace's own, else the bundled one."""
        own = self.root / "templates" / name
        return own if own.is_file() else BUNDLED / name

    def templates(self, folder: str) -> Mapping[str, Path]:
        """Name without suffix → file, of one folder of templates; the workspace's own win."""
        places = (BUNDLED / folder, self.root / "templates" / folder)
        files = (f for place in places if place.is_dir() for f in sorted(place.glob("*.yaml")))
        return {file.stem: file for file in files}

    def lock(self) -> AbstractContextManager[None]:
        """One run at a time.

        :raises CannotStart: naming who is running and since when.
        """
        from .run_lock import run_lock  # whoever only asks what a run showed takes no lock

        return run_lock(self.root / ".shishi")

    def write_outputs(self, outputs: Mapping[Path, bytes]) -> tuple[str, ...]:
        """Write each file whole; what stands there unchanged is left alone.

        Returns a sentence for each file that could not be written; its old version stays.
        """
        faults = []
        tidied: set[Path] = set()
        for path, content in outputs.items():
            try:
                if path.parent not in tidied:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    for left in path.parent.glob(f"{TEMPORARY}*"):
                        left.unlink()  # a run was killed here
                    tidied.add(path.parent)
                if not (path.is_file() and path.read_bytes() == content):
                    write_whole(path, content)
            except OSError as error:
                shown = path.relative_to(self.root).as_posix()
                faults.append(
                    f"{shown} 没有写成（{_reason(error)}），旧文件未动。请处理后再运行一次。"
                )
        return tuple(faults)

    def fingerprints(self, outputs: Mapping[Path, bytes]) -> frozenset[tuple[str, str]]:
        """Path below the workspace and SHA-256 of each output."""
        return frozenset(
            (path.relative_to(self.root).as_posix(), hashlib.sha256(content).hexdigest())
            for path, content in outputs.items()
        )

    def remove_outputs(
        self,
        known: Collection[tuple[str, str]],
        folders: Iterable[Path],
        kept: Collection[Path],
    ) -> tuple[str, ...]:
        """Take away what the program itself once wrote there and does not write any more.

        A file with other bytes than it was written with is somebody's own, and stays. Returns a
        sentence for each that could not be removed.
        """
        faults = []
        files = (f for folder in folders if folder.is_dir() for f in sorted(folder.iterdir()))
        for file in files:
            shown = file.relative_to(self.root).as_posix()
            try:
                if file in kept or not file.is_file():
                    continue
                if (shown, hashlib.sha256(file.read_bytes()).hexdigest()) in known:
                    file.unlink()
            except OSError as error:
                faults.append(f"{shown} 已不再需要，但没有删掉（{_reason(error)}）。请关闭后删除。")
        return tuple(faults)


def _reason(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "文件正被打开，或没有写入权限"
    if isinstance(error, IsADirectoryError):
        return "同名的是一个文件夹"
    return "磁盘已满" if error.errno == 28 else str(error.strerror)
