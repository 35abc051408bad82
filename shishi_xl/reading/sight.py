"""A page's picture → its text, read by eye (OCR) in a process of its own; the extra `ocr`.

The models take 0.8 GB: no reader of files could hold them within its limit.
"""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import weakref
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Timer

LENGTH = struct.Struct("<I")  # before each picture, and before each text
_PATIENCE = 120.0  # seconds for a page, the first of which waits for the models
_PACKAGES = str(Path(__file__).parents[2])


@cache
def can_see() -> bool:
    """Whether the extra `ocr` is installed."""
    return all(find_spec(name) for name in ("rapidocr", "onnxruntime"))


class Sight:
    """One process that reads; it starts with the first page, and is given up where it fails."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._failed = False

    def text(self, picture: bytes) -> str:
        """The text on a JPEG, a line for each line; "" where nothing can be read."""
        if self._failed:
            return ""
        process = self._process = self._process or self._start()
        timer = Timer(_PATIENCE, process.kill)
        timer.start()
        try:
            assert process.stdin and process.stdout
            process.stdin.write(LENGTH.pack(len(picture)) + picture)
            process.stdin.flush()
            (size,) = LENGTH.unpack(process.stdout.read(LENGTH.size))
            return process.stdout.read(size).decode("utf-8", "replace")
        except (OSError, struct.error):
            self._failed = True
            self.close()
            return ""
        finally:
            timer.cancel()

    def _start(self) -> subprocess.Popen[bytes]:
        paths = os.pathsep.join(filter(None, [*sys.path, _PACKAGES]))
        process = subprocess.Popen(
            [sys.executable, "-S", "-P", "-m", f"{__package__}.sight_worker"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": paths},
        )  # fmt: skip
        weakref.finalize(self, process.kill)  # also when the program ends
        return process

    def close(self) -> None:
        """End the process."""
        if self._process:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                with suppress(OSError):
                    assert pipe
                    pipe.close()
            self._process = None
