"""`python -m tests.year [RUNS]`: years played by hypothesis, and how many differences there were.

`--replay FILE` plays one year anew from what a run with differences left, `--shrink FILE` looks
for the fewest steps that still differ.
"""

from __future__ import annotations

import argparse
import gc
import itertools
import json
import multiprocessing
import re
import sys
import time
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.internal.conjecture.engine import ConjectureRunner
from hypothesis.stateful import run_state_machine_as_test

from .fast import fast
from .luck import EVENTS
from .machine import SHELF, STEPS, YearMachine
from .year import Opening, Report, replay


def play(part: tuple[int, int, bool]) -> list[Report]:
    """The years of one process: a seed, how many, and whether by the command line."""
    number, runs, asked = part
    # Another way to a year like the last but for two equal draws: most are the same year again.
    ConjectureRunner.generate_mutations_from = lambda *_: None  # type: ignore[method-assign]
    gc.set_threshold(200_000, 50, 100)  # years make many objects and few circles
    reports: list[Report] = []

    class Machine(YearMachine):
        ended = reports
        whole = asked

    wanted = settings(
        max_examples=runs + 1, stateful_step_count=STEPS, database=None, deadline=None,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    run_state_machine_as_test(seed(number)(Machine), settings=wanted)
    return reports[1:]  # hypothesis begins with the simplest: one event, again and again


def table(reports: list[Report], seconds: float) -> str:
    """Runs, events by kind, differences."""
    played: Counter[str] = Counter()
    for report in reports:
        played.update(report["played"])
    sums = sorted(sum(r["played"].values()) for r in reports)
    lines = [f"{played[kind]:>7}  {kind}" for kind in sorted(EVENTS, key=lambda k: -played[k])]
    bad = [r for r in reports if r["differences"]]
    few = [kind for kind in EVENTS if played[kind] < 100]
    return "\n".join((
        *lines,
        f"kinds {len(EVENTS)}, played fewer than 100 times: {'、'.join(few) or 'none'}",
        f"runs {len(reports)}, events {sum(sums)} (fewest in a year {sums[0]}), {seconds:.0f} s",
        f"differences {sum(len(r['differences']) for r in reports)} in {len(bad)} runs",
    ))  # fmt: skip


def sorts(reports: list[Report]) -> str:
    """The differences by table and field, each with how many runs it first showed in."""
    found: Counter[str] = Counter()
    for report in reports:
        kinds = {_kind(d) for d in report["differences"]}
        found.update(kinds)
    return "\n".join(f"{n:>5}  {kind}" for kind, n in found.most_common())


def _kind(difference: str) -> str:
    words = difference.split(maxsplit=4)
    fields = re.findall(r"(?:: |; )(\w+) ", words[-1])
    states = re.findall(r"'(..报告?.?|...)' ≠ '(...)'", words[-1])
    return " ".join((*words[3:4], *fields, *map("≠".join, states[:1])))


def load(file: str) -> tuple[Opening, list[tuple[str, int]]]:
    known = json.loads(Path(file).read_text("utf-8"))
    return Opening(**known["opening"]), [(kind, number) for kind, number in known["steps"]]


def keep(bad: list[Report], folder: str) -> None:
    """Years that differ, as files to be played again: written while other parts still run."""
    if not folder:
        return
    Path(folder).mkdir(parents=True, exist_ok=True)
    for number, report in enumerate(bad):
        text = json.dumps(report, ensure_ascii=False)
        (Path(folder) / f"{number}.json").write_text(text, "utf-8")


def shrink(opening: Opening, steps: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Steps left out one after the other as long as the first difference's table still differs."""
    wanted = _sort(_differences(opening, steps))
    size = max(len(steps) // 2, 1)
    while size:
        at = 0
        while at < len(steps):
            fewer = steps[:at] + steps[at + size :]
            if wanted & _sort(_differences(opening, fewer)):
                steps = fewer
            else:
                at += size
        size //= 2
    return steps


def _sort(differences: list[str]) -> set[str]:
    return {" ".join(d.split()[3:4]) for d in differences[:1]}


def _differences(opening: Opening, steps: list[tuple[str, int]]) -> list[str]:
    try:
        return replay(_folder(), opening, steps).differences
    except Exception as error:
        return [f"x x x {type(error).__name__} {error}"]


def _folder() -> Path:
    return (SHELF or Path("/tmp")) / "shishi-year-replay"


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m tests.year", description=__doc__)
    options.add_argument("runs", type=int, nargs="?", default=20)
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument(
        "--whole", action="store_true", help="every form and workbook written and read"
    )
    options.add_argument("--keep", default="", help="a folder for years with differences")
    options.add_argument("--replay")
    options.add_argument("--shrink")
    chosen = options.parse_args()
    if chosen.replay or chosen.shrink:
        opening, steps = load(chosen.replay or chosen.shrink)
        with fast():
            steps = shrink(opening, steps) if chosen.shrink else steps
            print(json.dumps({"opening": asdict(opening), "steps": steps}, ensure_ascii=False))
            found = _differences(opening, steps)
        print("\n".join(found))
        return bool(found)
    start = time.perf_counter()
    share = min(25, -(-chosen.runs // chosen.workers) + 1)  # small parts, so that no process idles
    parts = ((chosen.seed + n, share, chosen.whole) for n in itertools.count())
    known: dict[str, Report] = {}
    with multiprocessing.Pool(chosen.workers, maxtasksperchild=1) as pool:
        for done in pool.imap_unordered(play, itertools.islice(parts, chosen.runs), 1):
            # Hypothesis gives some up in the middle, and plays some twice.
            known |= {json.dumps((r["opening"], r["steps"])): r for r in done if r["over"]}
            bad = [r for r in known.values() if r["differences"]]
            keep(bad, chosen.keep)
            print(f"{len(known)} runs, {len(bad)} with differences", file=sys.stderr, flush=True)
            if len(known) >= chosen.runs:
                break
    reports = list(known.values())
    bad = [r for r in reports if r["differences"]]
    for number, report in enumerate(bad):
        print(f"{number}: {report['differences'][0][:300]}")
    print(sorts(reports))
    print(table(reports, time.perf_counter() - start))
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
