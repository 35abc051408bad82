"""What a file is, told by its content; what to ask of the unit where it cannot be read."""

import gzip
import tarfile
import zipfile
from io import BytesIO

import olefile
import openpyxl
import pytest

from shishi_xl.catalogue import RULES
from shishi_xl.problems import Place, Problem
from shishi_xl.reading.file_type import FileType, file_type
from shishi_xl.reading.read_book import read_book
from shishi_xl.reading.refuse import refuse
from shishi_xl.sheets import Refusal

HTML = "<html><body><table><tr><td>序号</td></tr></table></body></html>"
WORKBOOK = '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>'
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'


def archive(*names: str) -> bytes:
    """A zip with members of these names."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return content.getvalue()


def open_document(kind: str) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        made.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        made.writestr("content.xml", "<x/>")
    return content.getvalue()


def tar() -> bytes:
    content = BytesIO()
    with tarfile.open(fileobj=content, mode="w") as made:
        made.addfile(tarfile.TarInfo("县妇联.xlsx"))
    return content.getvalue()


def ole(*streams: str) -> bytes:
    """An OLE file whose directory names these streams, each of no length (MS-CFB 2.2, 2.6)."""

    def entry(name: str, kind: int, right: int = -1, child: int = -1) -> bytes:
        raw = name.encode("utf-16-le") + b"\0\0"
        links = b"".join(n.to_bytes(4, "little", signed=True) for n in (-1, right, child))
        head = raw.ljust(64, b"\0") + len(raw).to_bytes(2, "little") + bytes([kind, 1]) + links
        return head.ljust(116, b"\0") + b"\xfe\xff\xff\xff" + bytes(8)

    numbers = ("3e00", "0300", "feff", "0900", "0600", "0000", "00000000", "00000000")
    sectors = ("01000000", "01000000", "00000000", "00100000", "feffffff", "00000000")
    head = bytes(olefile.MAGIC) + bytes(16) + bytes.fromhex("".join(numbers + sectors))
    head += bytes.fromhex("feffffff00000000") + bytes(4) + b"\xff" * 432
    fat = bytes.fromhex("fdfffffffeffffff") + b"\xff" * 504
    entries = [entry("Root Entry", 5, child=1)]
    entries += [
        entry(name, 2, right=number + 1 if number < len(streams) else -1)
        for number, name in enumerate(streams, 1)
    ]
    return head[:512] + fat + b"".join(entries).ljust(512, b"\0")


def xlsx() -> bytes:
    content = BytesIO()
    openpyxl.Workbook().save(content)
    return content.getvalue()


KINDS = [
    (b"", FileType.EMPTY),
    (xlsx(), FileType.XLSX),
    (xlsx()[:3000], FileType.XLSX),
    (archive("[Content_Types].xml", "xl/workbook.bin"), FileType.XLSB),
    (archive("[Content_Types].xml", "word/document.xml"), FileType.DOCX),
    (archive("[Content_Types].xml", "word/document2.xml"), FileType.DOCX),
    (archive("[Content_Types].xml", "word/document.xml")[:100], FileType.DOCX),
    (archive("县妇联.xlsx")[:50], FileType.ZIP),
    (archive("[Content_Types].xml", "ppt/presentation.xml")[:100], FileType.SLIDES),
    (archive("word/县妇联.docx", "xl/县妇联.xlsx"), FileType.ZIP),
    (archive("[Content_Types].xml", "ppt/presentation.xml"), FileType.SLIDES),
    (archive("OFD.xml", "Doc_0/Document.xml"), FileType.OFD),
    (archive("Index/Document.iwa", "Metadata/Properties.plist"), FileType.IWORK),
    (archive("县妇联.xlsx"), FileType.ZIP),
    (open_document("spreadsheet"), FileType.ODS),
    (open_document("text"), FileType.ODT),
    (ole("Workbook"), FileType.XLS),
    (ole("Book"), FileType.XLS),
    (ole("WORKBOOK"), FileType.XLS),
    (b"\x09\x00\x04\x00\x02\x00\x10\x00", FileType.OLD_EXCEL),
    (b"\x09\x04\x06\x00\x00\x04\x10\x00", FileType.OLD_EXCEL),
    (ole("EncryptedPackage", "EncryptionInfo"), FileType.ENCRYPTED),
    (ole("1Table", "WordDocument"), FileType.WORD),
    (ole("PowerPoint Document"), FileType.SLIDES),
    (ole("__properties_version1.0"), FileType.MAIL),
    (ole("VisioDocument"), FileType.OLE),
    (olefile.MAGIC + b"damaged", FileType.OLE),
    (b"%PDF-1.7\n", FileType.PDF),
    (b"\x89PNG\r\n\x1a\n", FileType.PICTURE),
    (b"\xff\xd8\xff\xe0JFIF", FileType.PICTURE),
    (b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0", FileType.PICTURE),
    (b"RIFF\x24\0\0\0WEBPVP8 ", FileType.PICTURE),
    (b"\0\0\0\x18ftypheic", FileType.PICTURE),
    (b"\0\0\0\x18ftypisom", FileType.MEDIA),
    (b"Rar!\x1a\x07\x01\0", FileType.RAR),
    (b"7z\xbc\xaf\x27\x1c\0\x04", FileType.SEVEN_ZIP),
    (gzip.compress(b"x"), FileType.GZIP),
    (tar(), FileType.TAR),
    (b"{\\rtf1\\ansi", FileType.RICH_TEXT),
    (b"Founder CEB 3.0", FileType.CEB),
    (b"L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0", FileType.SHORTCUT),
    (b"[InternetShortcut]\r\nURL=file:///C:/a.xlsx", FileType.SHORTCUT),
    (HTML.encode(), FileType.WEB_PAGE),
    (("\ufeff\r\n" + HTML).encode(), FileType.WEB_PAGE),
    (("\ufeff" + HTML).encode("utf-16-le"), FileType.WEB_PAGE),
    (HTML.encode("gb18030") + b"\xff", FileType.WEB_PAGE),
    (("<!DOCTYPE html>\n" + HTML).encode(), FileType.WEB_PAGE),
    ((XML + HTML).encode(), FileType.WEB_PAGE),
    (b"<meta charset=gb2312><table><tr><td>1</table>", FileType.WEB_PAGE),
    (b"<!-- exported --><div><table><tr><td>1</table></div>", FileType.WEB_PAGE),
    (b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n"
     b"Content-Type: multipart/related; boundary=a\r\n\r\n--a\r\n", FileType.WEB_PAGE),
    (b"From: <Saved by Blink>\r\nSnapshot-Content-Location: http://a/\r\nMIME-Version: 1.0\r\n"
     b"Content-Type: multipart/related;\r\n\tboundary=a\r\n", FileType.WEB_PAGE),
    (b"Received: by mx\r\nContent-Type: multipart/related; boundary=a\r\n\r\n--a\r\n"
     b"Content-Location: a.png\r\n", FileType.MAIL),
    (b"From: a@b.cn\r\nSubject: =?GBK?B?sPux7Q==?=\r\nMIME-Version: 1.0\r\n", FileType.MAIL),
    ("From: a@b.cn\r\nSubject: 报表\r\nMessage-ID: <1>\r\n".encode("gbk"), FileType.MAIL),
    ((XML + WORKBOOK).encode(), FileType.XML_SPREADSHEET),
    (WORKBOOK.encode(), FileType.XML_SPREADSHEET),
    ((XML + '<?mso-application progid="Excel.Sheet"?>').encode("utf-16"),
     FileType.XML_SPREADSHEET),
    ((XML + '<?mso-application progid="Word.Document"?>').encode(), FileType.WORD_XML),
    ((XML + '<office:document xmlns:office="urn:x">').encode(), FileType.FLAT_ODS),
    ((XML + "<report/>").encode(), FileType.XML),
    ((XML + "<g:Workbook><office:document-meta/>").encode(), FileType.XML),
    ("序号,实事名称\r\n1,年底".encode("gbk"), FileType.TEXT),
    ("序号,实事名称\r\n1,年底".encode("utf-16-le"), FileType.TEXT),
    ("BM,编码\r\n1,2".encode(), FileType.TEXT),
    ("同志们：\n报表已报。".encode(), FileType.TEXT),
    (b"\x01\x02\x03\x04" * 50, FileType.UNKNOWN),
    (b"\0\x01\0\x02\0\xd8" * 50, FileType.UNKNOWN),
]  # fmt: skip


@pytest.mark.parametrize(("content", "found"), KINDS, ids=range(len(KINDS)))
def test_a_file_is_known_by_its_content_whatever_its_name(content: bytes, found: FileType) -> None:
    assert [file_type(name, content) for name in ("县妇联.xlsx", "a")] == [found, found]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("县妇联/~$报表.xlsx", FileType.SYSTEM),
        ("Thumbs.db", FileType.SYSTEM),
        ("a/.DS_Store", FileType.SYSTEM),
        ("__MACOSX/a/._b.xlsx", FileType.SYSTEM),
        (".~lock.报表.xlsx#", FileType.SYSTEM),
        ("Thumbs.db.txt", FileType.TEXT),
    ],
)
def test_a_system_file_is_known_by_its_name(name: str, found: FileType) -> None:
    assert file_type(name, b"a,b") == found


@pytest.mark.parametrize(
    ("content", "message", "advice"),
    [
        (ole("WordDocument"), "这是旧版 Word 或 WPS 文字文档（.doc、.wps），未能读取",
         "请单位用 WPS 或 Word 另存为 .docx，或填入下发的 .xlsx 报表后再报一次。"),
        (b"Rar!\x1a\x07\x01\0", "这是压缩包（rar），未能读取",
         "请把里面的文件解开，放进 inbox/ 后再运行一次。"),
        (archive("OFD.xml"), "这是版式文件（OFD），未能读取",
         "请单位填入下发的 .xlsx 报表后再报一次。"),
        (archive("Index/Document.iwa"),
         "这是苹果电脑的文稿（Pages、Numbers 或 Keynote），未能读取",
         "请单位在苹果电脑上导出为 Excel（.xlsx）或 Word（.docx）后再报一次。"),
        (b"[InternetShortcut]\r\nURL=a", "这是快捷方式，未能读取",
         "快捷方式只指向单位电脑上的文件，本身没有内容；请单位发送文件本身。"),
        (b"\x01\x02\x03\x04" * 50, "这是无法识别的文件，未能读取",
         "请打开核对；若是报表，请单位用下发的 .xlsx 报表重报。"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_what_to_ask_of_the_unit(
    content: bytes, message: str, advice: str
) -> None:
    refusal = read_book("报表.xlsx", content)
    assert isinstance(refusal, Refusal)
    problem = Problem(RULES[refusal.code], Place(), details=refusal.details)
    assert (problem.code, problem.message, problem.advice) == ("F02", message, advice)


@pytest.mark.parametrize("found", FileType)
def test_every_type_can_be_refused_with_a_whole_sentence_of_advice(found: FileType) -> None:
    (what, advice) = (text for _, text in refuse(found).details)
    assert (what, advice[-1]) == (found.value, "。")
