"""The returns of gaoqing-2023 for the third quarter: how units sent them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from .report import Mail
from .reports_2023q2 import REPORTS as BEFORE
from .reports_2023q3 import FORMERLY, LATEST, REPORTS
from .stamped import scanned


def send_third_quarter(mail: Mail, before: Mapping[str, Path]) -> None:
    """What lay in the inbox on 9 October. `before`: last quarter's forms, by unit.

    县残联 sends nothing.
    """
    _send_as_asked(mail)
    _send_edited(mail)
    _send_on_old_forms(mail, before)
    mail.brings_file(scanned("q3-women.pdf"), "县妇联盖章.pdf", datetime(2023, 9, 28, 17, 10))
    mail.brings_file(
        scanned("q3-together.pdf"), "盖章件（六个单位）.pdf", datetime(2023, 9, 28, 18, 30)
    )


def _send_as_asked(mail: Mail) -> None:
    """Forms as they went out; 县卫健局 writes a figure in words, 县科协 comes late."""
    for unit, name, saved in (
        ("县卫生健康局", "县卫健局三季度.xlsx", datetime(2023, 9, 27, 16, 20)),
        ("县总工会", "县总工会.xlsx", datetime(2023, 9, 26, 9, 40)),
        ("县住房城乡建设局", "县住建局.xlsx", datetime(2023, 9, 28, 11, 8)),
        ("县住房公积金管理中心", "公积金中心.xlsx", datetime(2023, 9, 27, 14, 55)),
        ("县妇联", "06_县妇联.xlsx", datetime(2023, 9, 28, 17, 2)),
        ("县检察院", "县检察院.xlsx", datetime(2023, 9, 26, 10, 31)),
        ("县文化和旅游局", "县文旅局第三季度.xlsx", datetime(2023, 9, 28, 15, 47)),
        ("县科协", "县科协.xlsx", datetime(2023, 10, 8, 9, 25)),
    ):
        mail.brings(mail.filled(unit, REPORTS[unit]), name, saved)
    youth = mail.filled("团县委", REPORTS["团县委"])
    mail.brings(youth, "团县委.xlsx", datetime(2023, 9, 27, 9, 14))
    youth.fills(youth.item(9), LATEST)
    youth.reports("希望小屋", "需求20户，建成18处")
    mail.brings(youth, "团县委 最终版.xlsx", datetime(2023, 9, 28, 18, 3))


def _send_edited(mail: Mail) -> None:
    """Rows sorted, the table copied into a new book under a cover sheet, a column added."""
    schools = mail.filled("县教育和体育局", REPORTS["县教育和体育局"])
    schools.sorts_rows("实事名称")
    schools.inserts_title_row("附件2")
    mail.brings(schools, "县教体局.xlsx", datetime(2023, 9, 26, 15, 18))

    civilised = mail.filled("县文明办", REPORTS["县文明办"])
    civilised.renames_sheet("Sheet1")
    civilised.moves_table(down=2, right=1)
    civilised.adds_sheet_before("封面", "县文明办报送材料")
    mail.brings(civilised, "文明办.xlsx", datetime(2023, 9, 28, 8, 36))

    civil = mail.filled("县民政局", REPORTS["县民政局"])
    civil.adds_column("备注", before="完成时限", texts={civil.item(9): "分镇名单另附"})
    mail.brings(civil, "县民政局.xlsx", datetime(2023, 9, 27, 10, 50))


def _send_on_old_forms(mail: Mail, before: Mapping[str, Path]) -> None:
    """This quarter's words on last quarter's form, and last quarter's report come at last."""
    old = Mail(before, mail.inbox)
    labour = old.filled("县人力资源和社会保障局", REPORTS["县人力资源和社会保障局"])
    mail.brings(labour, "人社局2023年第三季度报表.xlsx", datetime(2023, 9, 28, 16, 33))
    youth = old.filled("团县委", BEFORE["团县委"])
    youth.fills(youth.item(9), FORMERLY)
    mail.brings(
        youth, "团县委补报.xlsx", datetime(2023, 7, 20, 9, 0), arrives=datetime(2023, 9, 27, 9, 20)
    )
