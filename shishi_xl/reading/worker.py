"""The process in which files are parsed: jobs come in by stdin, steps go out by stdout.

Run as `python -m shishi_xl.reading.worker MEMORY`. Nothing but the parent's own pickles comes in.
What comes out is believed by the parent: a file that crashes or stops this process costs itself
alone, but a file that could make it run foreign code would not be held back here.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
from typing import IO

from .job import Job, Ready, Step
from .read_file import read_file


def main() -> None:
    """Read jobs until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's, which ends this one
    steps = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library may print is no step
    limit_memory(int(sys.argv[1]))
    gc.freeze()  # what was imported stays: looking at it again costs a fifth of the time
    _send(Ready(), steps)
    while True:
        try:
            job: Job = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        for step in read_file(job):
            _send(step, steps)


def _send(step: Step | Ready, steps: IO[bytes]) -> None:
    pickle.dump(step, steps, pickle.HIGHEST_PROTOCOL)
    steps.flush()


def limit_memory(size: int) -> None:
    """Let no more than `size` bytes be had, where the system can; else the parent watches alone."""
    if sys.platform == "win32":
        return
    import resource

    try:
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
    except (ValueError, OSError):  # macOS knows it by name only
        return


if __name__ == "__main__":
    main()
