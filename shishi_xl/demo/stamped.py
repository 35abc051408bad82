"""The demo's stamped copies: whose form each is, how it comes back, and its bytes.

docs/make_demo_scans.py prints, seals and scans them; the demo takes the files as they lie in scans/,
so that it needs neither LibreOffice nor fonts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from .report import Report
from .reports_2023q2 import REPORTS as SECOND
from .reports_2023q3 import REPORTS as THIRD

SCANS = Path(__file__).parent / "scans"


@dataclass(frozen=True, slots=True)
class Scanned:
    """One unit's copy. `as_text`: the PDF that a program saved, with its text, and a seal put on it;
    else pages from a scanner, `grey` or in colour."""

    period: str
    unit: str
    report: Report
    sealed: bool = True
    grey: bool = False
    as_text: bool = False


# 县民政局 sends paper alone in the second quarter.
_ON_PAPER = Report(
    "韩梅",
    "0533-6000112",
    {
        9: (
            "孤困儿童基本生活费标准提高10%，惠及187人；为26名孤儿、事实无人抚养儿童落实助学金。",
            "2023年12月底",
        )
    },
)
# 县妇联 prints its report before it counts once more.
_EARLIER = replace(
    THIRD["县妇联"],
    answers={
        **THIRD["县妇联"].answers,
        7: ("讲座累计342场；第二批公布最美家庭5户，累计31户；建成率41%。", "2023年12月底"),
    },
)

# File → the copies in it.
COPIES: Mapping[str, tuple[Scanned, ...]] = {
    "q2-schools.pdf": (Scanned("2023Q2", "县教育和体育局", SECOND["县教育和体育局"]),),
    "q2-fund.pdf": (
        Scanned(
            "2023Q2", "县住房公积金管理中心", SECOND["县住房公积金管理中心"], sealed=False
        ),
    ),
    "q2-disabled.pdf": (Scanned("2023Q2", "县残联", SECOND["县残联"], grey=True),),
    "q2-civil.pdf": (Scanned("2023Q2", "县民政局", _ON_PAPER),),
    "q2-science.pdf": (Scanned("2023Q2", "县科协", SECOND["县科协"]),),
    "q2-labour.jpg": (
        Scanned("2023Q2", "县人力资源和社会保障局", SECOND["县人力资源和社会保障局"]),
    ),
    "q3-women.pdf": (Scanned("2023Q3", "县妇联", _EARLIER, as_text=True),),
    "q3-together.pdf": tuple(
        Scanned("2023Q3", unit, THIRD[unit])
        for unit in ("县总工会", "县住房城乡建设局", "县住房公积金管理中心", "县检察院",
                     "县文化和旅游局", "县科协")
    ),
}  # fmt: skip


def scanned(name: str) -> bytes:
    """A copy as it comes in."""
    return (SCANS / name).read_bytes()
