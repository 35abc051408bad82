"""The returns of gaoqing-2023 for the second quarter: how units sent them."""

from __future__ import annotations

import zipfile
from datetime import datetime
from io import BytesIO

from .report import Mail, type_in
from .reports_2023q2 import CORRECTION, REPORTS
from .stamped import scanned
from .whole_annex import whole_annex

NAMELESS, BROKEN = "新建 XLSX 工作表.xlsx", "团县委.xlsx"


def send_second_quarter(mail: Mail) -> None:
    """What lay in the inbox on 5 July: some of it good, some late, some of it for a person to sort."""
    _send_as_asked(mail)
    _send_edited(mail)
    _send_what_cannot_be_read(mail)
    _send_stamped(mail)


def _send_as_asked(mail: Mail) -> None:
    """Forms as they went out, one of them late, one corrected, one in an archive."""
    for unit, name, saved in (
        ("县住房公积金管理中心", "县住房公积金管理中心.xlsx", datetime(2023, 6, 29, 15, 12)),
        ("县妇联", "06_县妇联.xlsx", datetime(2023, 6, 30, 16, 45)),
        ("县人力资源和社会保障局", "人社局二季度报表.xlsx", datetime(2023, 6, 29, 11, 3)),
        ("县文明办", "文明办.xlsx", datetime(2023, 6, 30, 9, 17)),
        ("县住房城乡建设局", "县住建局报表（迟报）.xlsx", datetime(2023, 7, 4, 8, 52)),
    ):
        mail.brings(mail.filled(unit, REPORTS[unit]), name, saved)
    health = mail.filled("县卫生健康局", REPORTS["县卫生健康局"])
    mail.brings(health, "县卫健局.xlsx", datetime(2023, 6, 27, 17, 30))
    type_in(health, CORRECTION)
    health.keeps_only(health.item(5))
    mail.brings(health, "县卫健局-更正.xlsx", datetime(2023, 7, 3, 10, 15))
    disabled = mail.filled("县残联", REPORTS["县残联"])
    saved = datetime(2023, 6, 30, 14, 2)
    packed = mail.brings(disabled, "县残联.xlsx", saved)
    (mail.inbox / "县残联.xlsx").unlink()
    mail.brings_file(
        archive({"县残联.xlsx": packed, "县残联.pdf": scanned("q2-disabled.pdf")}, saved),
        "县残联.zip",
        saved,
    )


def _send_edited(mail: Mail) -> None:
    """A row inserted and the file sent twice, a paste, cells merged, the whole annex, no name."""
    schools = mail.filled("县教育和体育局", REPORTS["县教育和体育局"])
    schools.inserts_row(schools.item(4), "另：城区小学课后服务用房改造5月20日进场，暑假期间完工。")
    twice = mail.brings(schools, "县教体局.xlsx", datetime(2023, 6, 28, 10, 5))
    mail.brings_file(twice, "县教体局(1).xlsx", datetime(2023, 6, 28, 10, 40))

    union = mail.filled("县总工会", REPORTS["县总工会"])
    union.pastes_into_new_book(hidden=False)
    mail.brings(union, "总工会报表.xlsx", datetime(2023, 6, 30, 11, 26))

    prosecutors = mail.filled("县检察院", REPORTS["县检察院"])
    prosecutors.merges_answers(*prosecutors.items)
    mail.brings(prosecutors, "县检察院.xlsx", datetime(2023, 6, 30, 8, 41))

    culture = whole_annex(mail.forms.values())
    culture.fills(culture.item(8), *REPORTS["县文化和旅游局"].answers[8])
    mail.brings(culture, "文旅局2023年第二季度实事进展.xlsx", datetime(2023, 6, 28, 16, 8))

    science = mail.filled("县科协", REPORTS["县科协"])
    science.pastes_into_new_book(hidden=False, title=False)
    mail.brings(science, NAMELESS, datetime(2023, 6, 30, 17, 5))


def _send_what_cannot_be_read(mail: Mail) -> None:
    """Half a workbook, and what an open workbook leaves behind."""
    youth = mail.brings(
        mail.filled("团县委", REPORTS["团县委"]), BROKEN, datetime(2023, 6, 30, 15, 33)
    )
    mail.brings_file(youth[: len(youth) // 2], BROKEN, datetime(2023, 6, 30, 15, 33))
    mail.brings_file(b"\x05" + bytes(164), "~$县妇联.xlsx", datetime(2023, 7, 3, 9, 0))


def _send_stamped(mail: Mail) -> None:
    """Stamped copies: one without a seal, one beside no file, one under another unit's name, a photo;
    the grey one lies in 县残联's archive. The other units send none."""
    for copy, name, arrives in (
        ("q2-schools.pdf", "县教体局盖章.pdf", datetime(2023, 6, 28, 10, 6)),
        ("q2-fund.pdf", "公积金中心 盖章版.pdf", datetime(2023, 6, 29, 15, 20)),
        ("q2-civil.pdf", "县民政局盖章件.pdf", datetime(2023, 6, 30, 16, 0)),
        ("q2-science.pdf", "文旅局盖章.pdf", datetime(2023, 6, 30, 17, 6)),
        ("q2-labour.jpg", "人社局 IMG_20230629.jpg", datetime(2023, 6, 29, 11, 5)),
    ):
        mail.brings_file(scanned(copy), name, arrives)


def archive(files: dict[str, bytes], saved: datetime) -> bytes:
    """A zip with these files."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(zipfile.ZipInfo(name, saved.timetuple()[:6]), content)
    return out.getvalue()
