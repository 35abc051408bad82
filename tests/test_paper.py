"""Workbooks that the program writes: their bytes depend on what is in them alone."""

import subprocess
import sys

_WRITE_TWO = """
from datetime import datetime
from io import BytesIO
from shishi_xl.paper import new_book

def written():
    out = BytesIO()
    book = new_book(out, "标题", datetime(2023, 1, 1))
    book.add_worksheet().write(0, 0, "文字", book.add_format({"bold": True}))
    book.close()
    return out.getvalue()

print(written() == written())
"""


def test_the_first_workbook_of_a_process_has_the_same_bytes_as_the_next() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _WRITE_TWO], capture_output=True, text=True, check=True
    )
    assert done.stdout == "True\n"
