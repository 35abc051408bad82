"""What befalls files: how they come, where the clerk puts them, what is lost again."""

from __future__ import annotations

import zipfile
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from io import BytesIO
from time import localtime

from PIL import Image

from .book_edit import plain_book
from .facts import Content
from .luck import Luck, event
from .office import CHINA, Office, Pen, sha_of
from .plan import before
from .units_deeds import annex, fills, items_of, moments, name_for, someone, someone_now


def paths(office: Office, *kinds: str, aside: bool = False) -> list[str]:
    """Where files of these kinds lie; those set aside, or the others."""
    return [
        c.path for c in office.facts.copies.values()
        if office.facts.contents[c.sha].kind in (kinds or ("return",))
        and ("作废" in c.path.split("/")[:-1]) == aside
    ]  # fmt: skip


def seen(office: Office, path: str) -> bool:
    """Whether the office has looked at what lies there."""
    return office.facts.copies[path].sha in office.facts.memory


def base(path: str) -> str:
    return path.rsplit("/", 1)[-1]


@event("同一文件换个名字又来")
def duplicate(office: Office, luck: Luck) -> bool:
    if not (lying := paths(office)):
        return False
    office.copies(luck.of(lying), f"副本{office.next_number()}.xlsx")
    return True


@event("文件改名")
def renamed(office: Office, luck: Luck) -> bool:
    if not (lying := paths(office)):
        return False
    office.moves(luck.of(lying), f"改名{office.next_number()}.xlsx")
    return True


@event("压缩包")
def archive(office: Office, luck: Luck) -> bool:
    """Returns of several units in one zip, now and then one that lies in inbox/ as well."""
    inside: list[tuple[str, Content, bytes]] = []
    for unit in {someone(office, luck) for _ in range(1 + luck.below(3))}:
        sent = office.form(office.quarter, unit)
        assert sent
        pen = Pen(sent)
        fills(office, pen, luck, items_of(sent))
        content, data = pen.saves(moments(office, luck))
        inside.append((f"{sent.called}{office.next_number()}.xlsx", content, data))
    if luck.chance(3) and (lying := paths(office)):
        again = luck.of(lying)
        sha = office.facts.copies[again].sha
        data = (office.inbox / again).read_bytes()
        inside.append((base(again), office.facts.contents[sha], data))
    _packs(office, inside, f"打包{office.next_number()}.zip")
    return True


def _packs(office: Office, inside: list[tuple[str, Content, bytes]], name: str) -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for file, content, data in inside:
            office.facts.contents[content.sha] = content
            package.writestr(zipfile.ZipInfo(file, (2023, 1, 1, 0, 0, 0)), data)
    inner = tuple((file, content.sha) for file, content, _ in inside)
    office.puts(Content(sha_of(out.getvalue()), "container", inside=inner), out.getvalue(), name)


@event("邮件")
def mail(office: Office, luck: Luck) -> bool:
    """A mail with a return, saved into inbox/ days after it came."""
    sent = office.form(office.quarter, someone(office, luck))
    assert sent
    pen = Pen(sent)
    fills(office, pen, luck, items_of(sent))
    content, data = pen.saves(moments(office, luck))
    came = office.now - timedelta(days=luck.below(6), hours=luck.below(5))
    _mails(office, content, data, came, f"报表{office.next_number()}.xlsx")
    return True


@event("先有邮件后有文件")
def mail_then_file(office: Office, luck: Luck) -> bool:
    """It came by mail on time; the attachment was saved again days later."""
    sent = office.form(office.quarter, someone(office, luck))
    assert sent
    pen = Pen(sent)
    fills(office, pen, luck, items_of(sent))
    content, data = pen.saves(moments(office, luck))
    came = office.now - timedelta(days=1 + luck.below(6))
    _mails(office, content, data, came, f"报表{office.next_number()}.xlsx")
    office.puts(content, data, f"另存{office.next_number()}.xlsx")
    return True


def _mails(office: Office, content: Content, data: bytes, came: datetime, name: str) -> None:
    came = came.replace(microsecond=0)
    message = EmailMessage()
    message["From"] = "office@example.gov.cn"
    message["Subject"] = "报送材料"
    message["Date"] = format_datetime(came.replace(tzinfo=CHINA))
    message["X-Number"] = str(office.next_number())
    message.set_content("请查收。")
    message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    message.set_boundary("=====year=====")
    raw = message.as_bytes()
    office.facts.contents[content.sha] = content
    whole = Content(sha_of(raw), "container", inside=((name, content.sha),), mailed=came)
    office.puts(whole, raw, f"邮件{office.next_number()}.eml")


@event("放进单位文件夹")
def into_unit_folder(office: Office, luck: Luck) -> bool:
    """A sheet that does not say whose it is; the clerk knows, now or later."""
    unit, number = someone_now(office, luck), office.next_number()
    content, data = _nameless(office, luck, unit, quarter=True)
    folder = luck.of((office.plan.units[unit].name, *office.plan.units[unit].aliases))
    office.puts(
        content, data, f"{folder}/来件{number}.xlsx" if luck.chance(6) else f"来件{number}.xlsx"
    )
    return True


@event("无名来件归入单位文件夹")
def moved_to_unit_folder(office: Office, luck: Luck) -> bool:
    lost = [
        p for p in paths(office) if not office.facts.contents[office.facts.copies[p].sha].unit
        and "/" not in p
    ]  # fmt: skip
    if not lost:
        return False
    path = luck.of(lost)
    content = office.facts.contents[office.facts.copies[path].sha]
    office.moves(path, f"{office.plan.units[office.plan.heir(content.of)].name}/{base(path)}")
    return True


@event("放进期次文件夹")
def into_quarter_folder(office: Office, luck: Luck) -> bool:
    """Last quarter's form filled for this one, or a form that names no quarter."""
    if luck.chance(5):
        unit = someone_now(office, luck)
        content, data = _nameless(office, luck, unit, quarter=False)
    else:
        quarter = before(office.quarter)
        if quarter not in office.plan.quarters or not [q for q, _ in office.sent if q == quarter]:
            return False
        sent = office.form(quarter, someone(office, luck, quarter))
        assert sent
        pen = Pen(sent)
        fills(office, pen, luck, items_of(sent))
        content, data = pen.saves(moments(office, luck))
    office.puts(content, data, f"{office.quarter}/来件{office.next_number()}.xlsx")
    return True


def _nameless(office: Office, luck: Luck, unit: str, *, quarter: bool) -> tuple[Content, bytes]:
    """A unit's own sheet, typed anew. It says its quarter, or its unit, not both."""
    items = [i for _, i in office.plan.items_in(office.quarter) if unit in office.plan.of_item(i)]
    return annex(
        office, luck, unit, [(i, unit) for i in items], silent="unit" if quarter else "quarter"
    )


@event("移入作废")
def set_aside(office: Office, luck: Luck) -> bool:
    if not (lying := paths(office)):
        return False
    path = luck.of(lying)
    folder = path.rpartition("/")[0]
    office.moves(path, f"{folder}/作废/{base(path)}".lstrip("/"))
    return True


@event("移出作废")
def brought_back(office: Office, luck: Luck) -> bool:
    if not (lying := paths(office, aside=True)):
        return False
    path = luck.of(lying)
    office.moves(path, "/".join(p for p in path.split("/") if p != "作废"))
    return True


@event("作废文件夹里删除")
def deleted_aside(office: Office, luck: Luck) -> bool:
    if not (lying := [p for p in paths(office, aside=True) if seen(office, p)]):
        return False
    office.deletes(luck.of(lying))
    return True


@event("删除文件")
def deleted(office: Office, luck: Luck) -> bool:
    if not (lying := paths(office, "return", "container", "blank")):
        return False
    office.deletes(luck.of(lying))
    return True


@event("删后又要作废")
def void_after_deletion(office: Office, luck: Luck) -> bool:
    """The file was deleted; a copy from the unit's mail is put into 作废/."""
    gone = [
        sha for sha, known in office.facts.memory.items()
        if not known.lain and office.facts.contents[sha].kind == "return" and sha in office.kept
        and not known.void
    ]  # fmt: skip
    if not gone:
        return False
    sha = luck.of(gone)
    name = base(office.facts.memory[sha].paths[0])
    office.puts(office.facts.contents[sha], office.kept[sha], f"作废/{name}")
    return True


@event("收件箱清空")
def emptied(office: Office, luck: Luck) -> bool:
    if len(office.facts.copies) < 4 or not luck.chance(3):
        return False
    for path in list(office.facts.copies):
        office.deletes(path)
    return True


@event("时钟不对")
def wrong_clock(office: Office, luck: Luck) -> bool:
    """The file's own time lies in the future, or years back."""
    sent = office.form(office.quarter, someone(office, luck))
    assert sent
    pen = Pen(sent)
    fills(office, pen, luck, items_of(sent))
    content, data = pen.saves(moments(office, luck))
    since = office.now + timedelta(days=luck.of((200, 3, -20, -700)))
    office.puts(content, data, name_for(office, sent, luck), since)
    return True


@event("覆盖同名文件")
def saved_over(office: Office, luck: Luck) -> bool:
    """A newer return is saved over an older one whose name says nothing."""
    lying = [p for p in paths(office) if p.startswith(("收到", "报表（", "副本", "改名"))]
    if not lying:
        return False
    path = luck.of(lying)
    sent = office.form(office.quarter, someone(office, luck))
    assert sent
    pen = Pen(sent)
    fills(office, pen, luck, items_of(sent))
    content, data = pen.saves(moments(office, luck))
    office.puts(content, data, path)
    return True


@event("与填报无关的文件")
def other_files(office: Office, luck: Luck) -> bool:
    number = office.next_number()
    kind, name, data = luck.of((
        ("system", f"~$报表{number}.xlsx", b"\x05admin" + bytes(160)),
        ("system", f"{number}/Thumbs.db", b"\xd0\xcf\x11\xe0" + str(number).encode()),
        ("photo", f"照片{number}.jpg", _picture(number, "JPEG")),
        ("scan", f"扫描{number}.pdf", _picture(number, "PDF")),
        ("broken", f"来件{number}.xlsx", b""),
    ))  # fmt: skip
    if kind == "broken":
        data = b"PK\x03\x04" + str(number).encode() * 100
    office.puts(Content(sha_of(data), kind), data, name)
    return True


def _picture(number: int, form: str) -> bytes:
    """A small picture like no other."""
    out, day = BytesIO(), localtime(0)
    picture = Image.new("RGB", (8, 8), (number % 256, number // 256, 99))
    picture.save(out, form, creationDate=day, modDate=day)
    return out.getvalue()


@event("别的工作簿")
def strange_book(office: Office, luck: Luck) -> bool:
    number = office.next_number()
    rows = [["姓名", "部门"], ["甲", f"办公室{number}"], ["乙", "财务"]]
    data = plain_book({"通讯录": rows}, office.now)
    office.puts(Content(sha_of(data), "stranger"), data, f"通讯录{number}.xlsx")
    return True
