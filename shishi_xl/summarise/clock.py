"""Days and times that cannot be → sentences: a clock was wrong, and nothing is put in order unsaid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from ..ledger_state import LedgerState
from ..returns import Return

_MOST = 3  # files named in one sentence


def clock_notes(state: LedgerState, returns: Iterable[Return], today: date) -> Iterator[str]:
    """A run that is dated before the ledger's last, and returns that were saved after it."""
    latest = max((run.day for run in state.consolidated.values()), default=today)
    if today < latest:
        yield (
            f"运行日期 {today} 早于上次汇总的日期 {latest}，请核对电脑时钟。"
            "收到时间、首次发现日期仍照底账，没有改动；是否逾期、是否到期按运行日期算。"
        )
    ahead = sorted(
        (r.path, r.saved) for r in returns if r.counts and r.saved and r.saved.date() > today
    )
    if ahead:
        named = "、".join(f"{path}（{saved:%Y-%m-%d %H:%M}）" for path, saved in ahead[:_MOST])
        more = f" 等 {len(ahead)} 个文件" if len(ahead) > _MOST else ""
        yield (
            f"{named}{more}里记的保存时间晚于运行日期，可能是填报的电脑时钟不准。同一单位报了几份时，"
            "以保存时间最晚的为准；如不对，请在 登记.xlsx 里写明收到时间。"
        )
