"""Trials → the figures: right, asked and wrong by resolution, seals, seconds a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shishi_xl.sheets import Seal

from .judge import ASKED, RIGHT, WRONG, Trial


def report(trials: Sequence[Trial]) -> Iterator[str]:
    """Lines to print; the last sums it up."""
    for name, some in _groups(trials):
        counts = [sum(t.outcome == word for t in some) for word in (RIGHT, ASKED, WRONG)]
        share = counts[0] / len(some) if some else 1
        yield f"{name:14} {len(some):4} 页：认对 {counts[0]}（{share:.1%}），待认 {counts[1]}，认错 {counts[2]}"
    sealed = [t for t in trials if t.way.seal and not t.way.grey]
    found = sum(t.seal is Seal.FOUND for t in sealed)
    unsealed = [t for t in trials if not t.way.seal or t.way.grey]
    false = sum(t.seal is Seal.FOUND for t in unsealed)
    grey = [t for t in trials if t.way.grey]
    unsure = sum(t.seal is Seal.UNSURE for t in grey)
    yield f"彩色有章 {len(sealed)} 页：认出 {found}（{found / max(1, len(sealed)):.1%}）"
    yield f"没有章或黑白 {len(unsealed)} 页：误认 {false}；黑白 {len(grey)} 页：不能判断 {unsure}"
    seconds = sorted(t.seconds for t in trials)
    mean = sum(seconds) / len(seconds)
    yield f"每页 {mean:.2f} 秒（中位 {seconds[len(seconds) // 2]:.2f}，最长 {seconds[-1]:.2f}）"
    wrong = sum(t.outcome == WRONG for t in trials)
    yield f"合计 {len(trials)} 页：认错 {wrong}，印章认出 {found}/{len(sealed)}，误认 {false}"


def _groups(trials: Sequence[Trial]) -> Iterator[tuple[str, list[Trial]]]:
    for dpi in (200, 150):
        yield f"{dpi} dpi", [t for t in trials if t.way.dpi == dpi]
    yield "其中手机拍", [t for t in trials if t.way.warp]
    for place in dict.fromkeys(t.place for t in trials):
        yield f"其中章{place}", [t for t in trials if t.place == place]
