"""`python -m tests.scans 400`: simulated scans of filled forms, and how they were read.

`--seed N` for others; `--keep FOLDER` keeps the scans that were not read right.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from shishi_xl.sheets import Seal

from .forms import printed_forms
from .judge import RIGHT, Trial, trials
from .report import report


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.scans")
    parser.add_argument("count", type=int, nargs="?", default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = []
        for trial in trials(printed_forms(Path(folder)), options.count, options.seed):
            found.append(trial)
            if options.keep and _is_amiss(trial):
                options.keep.mkdir(parents=True, exist_ok=True)
                name = (
                    f"{len(found):04}_{trial.unit}_{trial.place}_{trial.outcome}_{trial.seal}.jpg"
                )
                (options.keep / name).write_bytes(trial.scan)
        print("\n".join(report(found)))


def _is_amiss(trial: Trial) -> bool:
    sealed = bool(trial.way.seal) and not trial.way.grey
    return trial.outcome != RIGHT or (trial.seal is Seal.FOUND) != sealed


if __name__ == "__main__":
    main()
