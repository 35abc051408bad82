"""python -m tests.pages [FOLDER]: every programme in every case, rendered and measured."""

import sys
from itertools import product
from pathlib import Path
from tempfile import mkdtemp

from .make import CASES, PROGRAMMES
from .report import measure_all

folder = Path(sys.argv[1] if len(sys.argv) > 1 else mkdtemp(prefix="pages-"))
found = measure_all(product(PROGRAMMES, CASES), folder)
print("方案          情形     总览 汇总表 量化指标（页）")
for one in found:
    print(one)
print(f"{sum(f.good for f in found)}/{len(found)} 合格；{folder}")
sys.exit(not all(f.good for f in found))
