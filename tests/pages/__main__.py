"""python -m tests.pages [FOLDER] [PROGRAMME…]: every programme in every case, rendered and measured."""

import sys
import warnings
from itertools import product
from pathlib import Path
from tempfile import mkdtemp

from .make import CASES, PROGRAMMES
from .report import measure_all

warnings.simplefilter("ignore")  # openpyxl says which extensions it does not show
folder = Path(sys.argv[1] if len(sys.argv) > 1 else mkdtemp(prefix="pages-"))
found = measure_all(product(sys.argv[2:] or PROGRAMMES, CASES), folder)
for one in found:
    print(one)
print(f"{sum(f.good for f in found)}/{len(found)} 合格；{folder}")
sys.exit(not all(f.good for f in found))
