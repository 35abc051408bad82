"""Archives and mails: what is in them comes out under safe names, or the refusal says why not."""

import gzip
import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from datetime import datetime
from email import message_from_bytes
from email.mime.application import MIMEApplication
from email.mime.image import MIMEImage
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import py7zr
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shishi_xl.reading.file_type import FileType
from shishi_xl.reading.member import Budget, safe_path
from shishi_xl.reading.refuse import damaged
from shishi_xl.reading.unpack import Member, unpack
from shishi_xl.sheets import Mail, Refusal

from .hostile import Entry, raw_zip, repeated, workbook
from .ole_file import Tree, ole_file

BOOK = workbook()
SAVED = datetime(2023, 6, 30, 17, 45)
AGAIN = "请单位重新压缩后再发一次，或不压缩、直接发送报表。"
ENCRYPTED = Refusal("F03", "无法读取")


def refusal(what: str, todo: str) -> Refusal:
    return Refusal("F02", "无法读取", (("what", what), ("todo", todo)))


def names(found: tuple[Member, ...] | Refusal | None) -> list[str]:
    assert isinstance(found, tuple), found
    return [m.name for m in found]


def zip_of(*names: bytes, flags: int = 0) -> bytes:
    return raw_zip(Entry(n, b"x", flags=flags) for n in names)


def seven_zip(files: dict[str, bytes], **options: object) -> bytes:
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", **options) as archive:  # type: ignore[arg-type]
        for name, content in files.items():
            archive.writestr(content, name)
    return out.getvalue()


def tar_of(files: dict[str, bytes], encoding: str = "utf-8") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT, encoding=encoding) as tar:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(content), 1_688_118_300
            tar.addfile(info, io.BytesIO(content))
    return out.getvalue()


# What is no container.


@pytest.mark.parametrize(
    ("name", "content"),
    [("报表.xlsx", BOOK), ("x.zip", BOOK), ("x.zip", b"%PDF-1.7"), ("a.csv", b"1,2"), ("e", b"")],
    ids=["workbook", "lying name", "pdf", "text", "nothing"],
)
def test_a_workbook_or_a_paper_is_no_container(name: str, content: bytes) -> None:
    assert unpack(name, content) is None


# zip


def test_a_zip_gives_its_files_with_folder_and_time() -> None:
    content = raw_zip([Entry(b"a/"), Entry("a/县妇联.xlsx".encode("gbk"), BOOK)])
    assert unpack("x.zip", content) == (Member("a/县妇联.xlsx", BOOK, SAVED),)


@pytest.mark.parametrize(
    ("raw", "flags", "name"),
    [
        ("县教体局.xlsx".encode("gbk"), 0, "县教体局.xlsx"),
        ("县教体局.xlsx".encode(), 0x800, "县教体局.xlsx"),
        ("县教体局.xlsx".encode(), 0, "县教体局.xlsx"),
        ("㐀镇.xlsx".encode("gb18030"), 0, "㐀镇.xlsx"),
        ("联通.txt".encode("gbk"), 0, "联通.txt"),
        ("二季度\\县妇联.xlsx".encode("gbk"), 0, "二季度/县妇联.xlsx"),
        ("诚\\誠.txt".encode("gbk"), 0, "诚/誠.txt"),
        (b"plain.xlsx", 0, "plain.xlsx"),
    ],
)
def test_a_name_in_a_zip_is_read_as_its_author_wrote_it(raw: bytes, flags: int, name: str) -> None:
    assert names(unpack("x.zip", zip_of(raw, flags=flags))) == [name]


def test_the_name_in_unicode_of_winrar_outranks_the_other() -> None:
    raw = b"____.xlsx"
    field = struct.pack("<BI", 1, zlib.crc32(raw)) + "县妇联.xlsx".encode()
    extra = struct.pack("<HHH", 0x9999, 1, 0)[:5] + struct.pack("<HH", 0x7075, len(field)) + field
    assert names(unpack("x.zip", raw_zip([Entry(raw, b"x", extra=extra)]))) == ["县妇联.xlsx"]


@pytest.mark.parametrize(
    ("raw", "safe"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("..\\..\\windows\\a.xlsx", "windows/a.xlsx"),
        ("C:\\Users\\a.xlsx", "Users/a.xlsx"),
        ("c:a.xlsx", "a.xlsx"),
        ("\\\\server\\share\\a.xlsx", "server/share/a.xlsx"),
        ("a/./b/../c.xlsx", "a/b/c.xlsx"),
        (".. /. ./a.xlsx", "a.xlsx"),
        ("a\x00b\n\x1b[31m.xlsx", "ab[31m.xlsx"),
        ("县妇联\u202excslx.exe", "县妇联xcslx.exe"),
        ("\udcff县.xlsx", "县.xlsx"),
        ("县\u3000妇联 .xlsx", "县\u3000妇联 .xlsx"),
        ("", "未命名"),
        ("../..", "未命名"),
        ("妇" * 300 + ".xlsx", "妇" * 115 + ".xlsx"),
        ("a/" * 40 + "b.xlsx", "a/" * 15 + "b.xlsx"),
    ],
)
def test_a_name_never_leaves_its_folder(raw: str, safe: str) -> None:
    assert safe_path(raw) == safe


def test_a_zip_s_names_are_made_safe() -> None:
    assert names(unpack("x.zip", zip_of(b"../../a.xlsx", b"/b.xlsx"))) == ["a.xlsx", "b.xlsx"]


def test_a_name_that_comes_again_is_numbered() -> None:
    content = zip_of(b"a.xlsx", b"../a.xlsx", b"A.xlsx", b"b/a.xlsx")
    assert names(unpack("x.zip", content)) == ["a.xlsx", "a (2).xlsx", "A (3).xlsx", "b/a.xlsx"]


def test_what_systems_add_to_a_zip_is_named_too() -> None:
    content = zip_of(b"__MACOSX/._a.xlsx", b"a.xlsx", b"Thumbs.db")
    assert names(unpack("x.zip", content)) == ["__MACOSX/._a.xlsx", "a.xlsx", "Thumbs.db"]


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_is_read_whatever_it_is_packed_with(method: int) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("a.xlsx", BOOK * 3)
    found = unpack("x.zip", out.getvalue())
    assert isinstance(found, tuple) and found[0].content == BOOK * 3


def test_an_entry_without_a_date_has_none() -> None:
    found = unpack("x.zip", raw_zip([Entry(b"a", b"x", date=0x21), Entry(b"b", b"x", date=0)]))
    assert isinstance(found, tuple) and [m.modified for m in found] == [None, None]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (zip_of(b"a.xlsx", flags=1), ENCRYPTED),
        (zip_of(b"a.xlsx")[:-9], refusal(f"损坏的{FileType.ZIP}", AGAIN)),
        (raw_zip([]), refusal(f"没有文件的{FileType.ZIP}", AGAIN)),
        (raw_zip([Entry(b"a/")]), refusal(f"没有文件的{FileType.ZIP}", AGAIN)),
        (raw_zip([Entry(b"a", b"x"), Entry("坏.xlsx".encode(), b"x", crc=1)]), damaged("其中的“坏.xlsx”已损坏，解不开")),
        (raw_zip([Entry(b"a.bin", b"x", method=99)]), damaged("其中的“a.bin”已损坏，解不开")),
        (raw_zip(Entry(b"%d" % n, b"") for n in range(5_001)), refusal(f"内含超过 5000 个文件的{FileType.ZIP}", "请单位只发送报表；若确是报送件，请分批解开后放进 inbox/。")),
        (raw_zip([Entry(b"a", repeated(b"", bytes(10**6), 300, b""), 300 * 10**6, 0, method=8)]), refusal(f"解开后超过 256 MB 的{FileType.ZIP}", "请核实来源；若确是报送件，请单位不压缩、直接发送报表。")),
        (raw_zip([Entry(b"a", repeated(b"", bytes(10**6), 300, b""), 10, 0, method=8)]), damaged("其中的“a”已损坏，解不开")),
    ],
    ids=["encrypted", "cut off", "empty", "folders only", "checksum", "method", "files", "bomb", "bomb that lies"],
)  # fmt: skip
def test_a_zip_that_cannot_be_opened_says_why(content: bytes, expected: Refusal) -> None:
    assert unpack("x.zip", content) == expected


def test_a_zip_in_a_zip_is_a_member_and_the_budget_goes_down() -> None:
    inner = zip_of(b"a.xlsx")
    outer = raw_zip([Entry(b"b.zip", inner)])
    found = unpack("x.zip", outer)
    assert isinstance(found, tuple)
    left = Budget().spend(found[0])
    assert (left.size, left.count) == (Budget().size - len(inner), Budget().count - 1)
    assert names(unpack("b.zip", found[0].content, left)) == ["a.xlsx"]


@pytest.mark.parametrize(
    ("budget", "what"),
    [
        (Budget(depth=0), f"套叠超过 5 层的{FileType.ZIP}"),
        (Budget(count=1), f"内含超过 5000 个文件的{FileType.ZIP}"),
        (Budget(size=1), f"解开后超过 256 MB 的{FileType.ZIP}"),
    ],
)
def test_what_is_left_of_the_budget_binds(budget: Budget, what: str) -> None:
    found = unpack("x.zip", zip_of(b"a", b"b"), budget)
    assert isinstance(found, Refusal) and found.details[0] == ("what", what)


def test_the_budget_binds_a_7z_too() -> None:
    found = unpack("x.7z", seven_zip({"a": BOOK}), Budget(size=1_000))
    what = f"解开后超过 256 MB 的{FileType.SEVEN_ZIP}"
    assert isinstance(found, Refusal) and found.details[0] == ("what", what)


# Other archives


def test_a_7z_gives_its_files() -> None:
    found = unpack("x.7z", seven_zip({"二季度/县妇联.xlsx": BOOK, "b.txt": b"", "c.txt": b"x"}))
    assert isinstance(found, tuple)
    assert [(m.name, m.content) for m in found] == [
        ("二季度/县妇联.xlsx", BOOK), ("b.txt", b""), ("c.txt", b"x"),
    ]  # fmt: skip


SEVEN = seven_zip({"a": BOOK})


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (seven_zip({"a": b"x"}, password="1"), ENCRYPTED),
        (seven_zip({"a": b"x"}, password="1", header_encryption=True), ENCRYPTED),
        (SEVEN[:-20], refusal(f"损坏的{FileType.SEVEN_ZIP}", AGAIN)),
        (SEVEN[:900] + bytes(40) + SEVEN[940:], refusal(f"损坏的{FileType.SEVEN_ZIP}", AGAIN)),
        (b"7z\xbc\xaf\x27\x1c" + bytes(40), refusal(f"损坏的{FileType.SEVEN_ZIP}", AGAIN)),
    ],
    ids=["encrypted", "encrypted names", "cut off", "checksum", "zeros"],
)  # fmt: skip
def test_a_7z_that_cannot_be_opened_says_why(content: bytes, expected: Refusal) -> None:
    assert unpack("x.7z", content) == expected


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["tar", "tar.gz"])
@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_a_tar_gives_its_files(pack: Callable[[bytes], bytes], encoding: str) -> None:
    content = pack(tar_of({"../县妇联.xlsx": BOOK}, encoding))
    assert unpack("x.tgz", content) == (Member("县妇联.xlsx", BOOK, SAVED),)


def test_a_single_gz_gives_the_file_of_its_name() -> None:
    content = gzip.compress(BOOK[:99]) + gzip.compress(BOOK[99:])
    assert unpack("a/县妇联.xlsx.gz", content) == (Member("县妇联.xlsx", BOOK),)


GZ_BOMB = b"\x1f\x8b\x08" + bytes(7) + repeated(b"", bytes(10**6), 300, b"") + bytes(8)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (tar_of({"a": BOOK})[:1000], f"损坏的{FileType.TAR}"),
        (gzip.compress(BOOK)[:-20], f"损坏的{FileType.GZIP}"),
        (gzip.compress(BOOK)[:40] + bytes(40), f"损坏的{FileType.GZIP}"),
        (GZ_BOMB, f"解开后超过 256 MB 的{FileType.GZIP}"),
        (b"Rar!\x1a\x07\x01\x00" + bytes(99), str(FileType.RAR)),
    ],
    ids=["tar", "gz cut off", "gz broken", "gz bomb", "rar"],
)
def test_other_archives_say_why_they_cannot_be_opened(content: bytes, what: str) -> None:
    found = unpack("x", content)
    assert isinstance(found, Refusal) and (found.code, found.details[0][1]) == ("F02", what)


# Mails


def mail_with(*parts: MIMEApplication | MIMEImage | MIMEMessage | MIMEText, **head: str) -> bytes:
    message = MIMEMultipart()
    for name, value in {"From": "a@example.cn", "Subject": "s", **head}.items():
        message[name] = value
    for part in parts:
        message.attach(part)
    return message.as_bytes()


def attached(name: str = "a.xlsx", content: bytes = BOOK) -> MIMEApplication:
    part = MIMEApplication(content)
    part.add_header("Content-Disposition", "attachment", filename=name)
    return part


def raw_mail(head: bytes, part_head: bytes) -> bytes:
    return (
        b"Received: from x by y; Fri, 30 Jun 2023 17:45:00 +0800\r\n" + head
        + b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"=x\"\r\n\r\n"
        b"--=x\r\nContent-Type: text/plain; charset=gbk\r\n\r\n" + "见附件".encode("gbk")
        + b"\r\n--=x\r\n" + part_head + b"Content-Transfer-Encoding: base64\r\n\r\nQUI=\r\n--=x--\r\n"
    )  # fmt: skip


PLAIN_PART = b'Content-Disposition: attachment; filename="a.xlsx"\r\n'


def envelope(head: bytes) -> Mail | None:
    found = unpack("x.eml", raw_mail(head, PLAIN_PART))
    assert isinstance(found, tuple)
    return found[0].mail


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("二季度报表".encode("gbk"), "二季度报表"),
        ("二季度报表".encode(), "二季度报表"),
        (b"=?gb2312?B?tv68vrbIsai57Q==?=", "二季度报鬼"),
        (b"=?GBK?Q?=B6=FE=BC=BE=B6=C8?=", "二季度"),
        (b"=?utf-8?B?5LqM5a2j5bqm?=", "二季度"),
        (b"=?utf-8?B?5LqM5a0=?=\r\n =?utf-8?B?o+W6pg==?=", "二季度"),
        (b"Re: =?utf-8?B?5LqM5a2j5bqm?= 2023", "Re: 二季度 2023"),
        (b"=?gb2312?B?6UY=?=", "镕"),
        (b"=?utf-8?B?tv68vrbIsai57Q==?=", "二季度报鬼"),
        (b"=?unknown?B?5LqM5a2j5bqm?=", "二季度"),
        (b"=?utf-8?B?5LqM5a2j5bq?=", "二季\ufffd"),
        ("二季度报表\r\n 补报".encode("gbk"), "二季度报表 补报"),
        (b"plain", "plain"),
    ],
)
def test_a_subject_is_read_in_whatever_way_it_is_written(value: bytes, text: str) -> None:
    mail = envelope(b"Subject: " + value + b"\r\n")
    assert mail and mail.subject == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ('"县妇联" <fl@example.cn>'.encode("gbk"), '"县妇联" <fl@example.cn>'),
        (b"=?gbk?B?z9i4vsGq?= <fl@example.cn>", "县妇联 <fl@example.cn>"),
        (b"fl@example.cn", "fl@example.cn"),
    ],
)
def test_a_sender_is_read_with_name_and_address(value: bytes, text: str) -> None:
    mail = envelope(b"From: " + value + b"\r\n")
    assert mail and mail.sender == text


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        (b"Fri, 30 Jun 2023 23:30:00 +0800", datetime(2023, 6, 30, 23, 30)),
        (b"Fri, 30 Jun 2023 23:30:00 +0000", datetime(2023, 7, 1, 7, 30)),
        (b"Fri, 30 Jun 2023 23:30:00 -0000", datetime(2023, 7, 1, 7, 30)),
        (b"Fri, 30 Jun 2023 23:30:00 GMT", datetime(2023, 7, 1, 7, 30)),
        (b"Fri, 30 Jun 2023 23:30:00", datetime(2023, 6, 30, 23, 30)),
        (b"2023-06-30 23:30:00", datetime(2023, 6, 30, 23, 30)),
        (b"yesterday", SAVED),
        (b"", SAVED),
    ],
)
def test_a_mail_s_date_is_china_s_or_that_of_its_receipt(value: bytes, moment: datetime) -> None:
    mail = envelope(b"Date: " + value + b"\r\n")
    assert mail and mail.date == moment


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b'Content-Disposition: attachment; filename="' + "县妇联.xlsx".encode("gbk") + b'"\r\n', "县妇联.xlsx"),
        (b'Content-Disposition: attachment; filename="' + "县妇联.xlsx".encode() + b'"\r\n', "县妇联.xlsx"),
        (b'Content-Disposition: attachment; filename="=?gb2312?B?z9i4vsGqLnhsc3g=?="\r\n', "县妇联.xlsx"),
        (b"Content-Disposition: attachment;\r\n filename*=GBK''%CF%D8%B8%BE%C1%AA.xlsx\r\n", "县妇联.xlsx"),
        (b"Content-Disposition: attachment; filename*0*=utf-8''%E5%8E%BF;\r\n filename*1*=%E5%A6%87.xlsx\r\n", "县妇.xlsx"),
        (b'Content-Type: application/octet-stream; name="' + "县妇联.xlsx".encode("gbk") + b'"\r\n', "县妇联.xlsx"),
        (b'Content-Type: application/x-msexcel;\r\n\tname="=?gbk?B?z9i4vsGqLnhsc3g=?="\r\nContent-Disposition: attachment\r\n', "县妇联.xlsx"),
        (b'Content-Disposition: attachment; filename="C:\\\\Users\\\\a.xlsx"\r\n', "Users/a.xlsx"),
        (b"Content-Type: application/vnd.ms-excel\r\n", "未命名附件"),
    ],
)  # fmt: skip
def test_an_attachment_s_name_is_read_in_whatever_way_it_is_written(head: bytes, name: str) -> None:
    found = unpack("x.eml", raw_mail(b"Subject: s\r\n", head))
    assert found == (Member(name, b"AB", mail=Mail("", "s", SAVED, "见附件")),)


def test_a_logo_in_the_text_is_no_attachment() -> None:
    text = MIMEText('<img src="cid:logo@x"><img src=cid:report>', "html")
    logo, report = MIMEImage(b"\x89PNG\r\n", "png"), MIMEImage(BOOK, "png")
    logo["Content-ID"], report["Content-ID"] = "<logo@x>", "<report>"
    scan = MIMEImage(b"\xff\xd8\xff", "jpeg", name="盖章.jpg")
    content = mail_with(text, logo, report, scan, attached())
    assert names(unpack("x.eml", content)) == ["未命名附件", "盖章.jpg", "a.xlsx"]


def test_a_picture_in_the_text_is_kept_where_nothing_else_came() -> None:
    picture = MIMEImage(b"\x89PNG\r\n", "png", name="截图.png")
    picture["Content-ID"] = "<p>"
    content = mail_with(MIMEText("<img src='cid:p'>", "html"), picture)
    assert names(unpack("x.eml", content)) == ["截图.png"]


def test_an_attached_mail_is_a_mail_again() -> None:
    inner = mail_with(attached("县妇联.xlsx"), Subject="转发：报表", **{"Message-ID": "<1@x>"})
    part = MIMEMessage(message_from_bytes(inner))
    found = unpack("x.eml", mail_with(part, **{"Message-ID": "<2@x>"}))
    assert isinstance(found, tuple) and [m.name for m in found] == ["转发：报表.eml"]
    again = unpack(found[0].name, found[0].content)
    assert again == (Member("县妇联.xlsx", BOOK, mail=Mail("a@example.cn", "转发：报表")),)


def test_a_table_in_the_text_is_a_member_where_nothing_else_came() -> None:
    page = "<html><table><tr><td>序号</td></tr></table></html>"
    found = unpack("x.eml", mail_with(MIMEText(page, "html", "utf-8")))
    assert isinstance(found, tuple)
    assert [(m.name, m.content.decode()) for m in found] == [("正文.html", page)]


@pytest.mark.parametrize(
    ("sender", "subject", "what"),
    [
        ("a@b.cn", "零报告", "没有附件的邮件（a@b.cn，“零报告”）"),
        ("", "", "没有附件的邮件（发件人不详，无主题）"),
    ],
)
def test_a_mail_without_attachment_is_refused_by_name(sender: str, subject: str, what: str) -> None:
    content = mail_with(MIMEText("本季度无进展", "plain", "utf-8"), From=sender, Subject=subject)
    todo = "若正文里是报送内容，请单位填入下发的 .xlsx 报表后再报一次。"
    assert unpack("x.eml", content) == refusal(what, f"正文写着：“本季度无进展”；{todo}")


def test_multiparts_nested_beyond_reason_are_a_damaged_mail() -> None:
    nest = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(1_500)
    )
    assert unpack("x.eml", b"MIME-Version: 1.0\n" + nest) == refusal("损坏的邮件", AGAIN)


# Damage


SEEDS = (
    raw_zip([Entry("县.xlsx".encode("gbk"), BOOK), Entry(b"b", b"x")]),
    SEVEN,
    gzip.compress(tar_of({"a": BOOK[:600]})),
    tar_of({"a": b"x"}),
    raw_mail("Subject: 报表\r\nDate: x\r\n".encode("gbk"), PLAIN_PART),
)


@given(st.sampled_from(SEEDS), st.lists(st.tuples(st.integers(0, 4_000), st.binary(max_size=6))))
def test_damage_never_raises(seed: bytes, changes: list[tuple[int, bytes]]) -> None:
    content = bytearray(seed)
    for place, what in changes:
        content[place : place + 3] = what
    found = unpack("x", bytes(content))
    assert found is None or isinstance(found, Refusal) or names(found)


# Outlook


def wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def properties(head: int, sent: int) -> bytes:
    return bytes(head) + struct.pack("<IIQ", 0x00390040, 6, sent)


def msg(**attachments: Tree) -> bytes:
    # 30 June 2023, 9:45 UTC, in units of 100 ns since 1601.
    return ole_file({
        "__properties_version1.0": properties(32, 133_325_919_000_000_000),
        "__substg1.0_0037001F": wide("二季度报表"),
        "__substg1.0_0C1A001E": "县妇联".encode("gbk"),
        "__substg1.0_5D01001F": wide("fl@example.cn"),
        "__substg1.0_10130102": b'<img src="cid:logo">',
        **{f"__attach_version1.0_#{n:08X}": a for n, a in enumerate(attachments.values())},
    })  # fmt: skip


LONG = BOOK.ljust(6_000, b"\x00")
FROM_OUTLOOK = Mail("县妇联 <fl@example.cn>", "二季度报表", SAVED)
FILE: Tree = {"__substg1.0_3707001F": wide("县妇联.xlsx"), "__substg1.0_37010102": LONG}
LOGO: Tree = {
    "__substg1.0_3712001F": wide("logo"),
    "__substg1.0_37010102": b"\x89PNG\r\n" + bytes(5_000),
}
INNER: Tree = {
    "__substg1.0_3701000D": {
        "__properties_version1.0": properties(24, 0),
        "__substg1.0_0037001F": wide("转发/报表"),
        "__attach_version1.0_#00000000": FILE,
    }
}
LETTER: Tree = {
    "__substg1.0_3701000D": {
        "__properties_version1.0": properties(24, 0),
        "__substg1.0_0037001F": wide("说明"),
        "__substg1.0_1000001F": wide("本季度无进展"),
    }
}


def test_an_outlook_message_gives_its_attachments_without_the_logo() -> None:
    found = unpack("x.msg", msg(a=FILE, b=LOGO))
    assert found == (Member("县妇联.xlsx", LONG, mail=FROM_OUTLOOK),)


def test_a_message_in_a_message_gives_its_own_under_its_subject() -> None:
    found = unpack("x.msg", msg(a=INNER, b=LETTER))
    assert found == (
        Member("转发／报表/县妇联.xlsx", LONG, mail=Mail("", "转发/报表")),
        Member(
            "说明/正文.txt", "本季度无进展".encode(), mail=Mail("", "说明", text="本季度无进展")
        ),
    )


def test_an_outlook_message_without_attachment_is_refused_by_name() -> None:
    found = unpack("x.msg", msg())
    what = "没有附件的邮件（县妇联 <fl@example.cn>，“二季度报表”）"
    assert isinstance(found, Refusal) and found.details[0] == ("what", what)


def test_the_beginning_of_what_a_mail_says_goes_with_its_attachments() -> None:
    page = "<style>p {color:red}</style><p>第3件的完成时限&nbsp;请改为</p><p>2024年3月底</p>"
    for text in (MIMEText("第3件的完成时限 请改为\n2024年3月底", "plain", "gb2312"),
                 MIMEText(page, "html", "utf-8")):  # fmt: skip
        found = unpack("x.eml", mail_with(text, attached()))
        assert isinstance(found, tuple)
        member = found[0]
        assert member.mail
        assert member.mail.text == "第3件的完成时限 请改为 2024年3月底"
