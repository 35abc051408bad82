"""First bytes and name of a file → what it is; the extension is never believed."""

from __future__ import annotations

import re
from contextlib import suppress
from enum import StrEnum
from pathlib import PurePosixPath

import olefile

from .charset import decode
from .package import BROKEN, Package


class FileType(StrEnum):
    """What a file is; the value is its name in a sentence."""

    XLSX = "工作簿（xlsx）"
    XLSB = "工作簿（xlsb）"
    XLS = "工作簿（xls）"
    ODS = "工作簿（ods）"
    DOCX = "文字文档（.docx）"
    TEXT = "文本文件（CSV 等）"
    WEB_PAGE = "网页文件"
    XML_SPREADSHEET = "工作簿（XML 表格）"
    ENCRYPTED = "加密文件"
    EMPTY = "空文件"
    SYSTEM = "系统文件"
    PDF = "PDF 文件"
    PICTURE = "图片"
    MEDIA = "音频或视频"
    WORD = "旧版 Word 或 WPS 文字文档（.doc、.wps）"
    WORD_XML = "以 XML 保存的 Word 文档"
    RICH_TEXT = "文字文档（.rtf）"
    ODT = "文字文档（.odt）"
    FLAT_ODS = "以单个 XML 保存的 ODF 文件（.fods 等）"
    SLIDES = "演示文稿（PPT）"
    OFD = "版式文件（OFD）"
    CEB = "版式文件（CEB）"
    IWORK = "苹果电脑的文稿（Pages、Numbers 或 Keynote）"
    ZIP = "压缩包（zip）"
    RAR = "压缩包（rar）"
    SEVEN_ZIP = "压缩包（7z）"
    GZIP = "压缩包（gz）"
    TAR = "压缩包（tar）"
    MAIL = "邮件"
    SHORTCUT = "快捷方式"
    XML = "数据文件（XML）"
    OLE = "旧版 Office 文件"
    OLD_EXCEL = "很旧的 Excel 文件（xls）"
    UNKNOWN = "无法识别的文件"


WORKBOOKS = frozenset({FileType.XLSX, FileType.XLSB, FileType.XLS, FileType.ODS})

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_HEAD = 4096  # bytes that are looked at
_MAGIC = (
    (rb"%PDF-", FileType.PDF),
    (rb"\x89PNG\r\n|\xff\xd8\xff|GIF8|II\*\x00|MM\x00\*|RIFF....WEBP", FileType.PICTURE),
    (rb"BM....\x00\x00\x00\x00|....ftyp(?:hei|mif|avif)", FileType.PICTURE),
    (rb"....ftyp|RIFF....(?:AVI |WAVE)|ID3[\x02-\x04]|#!AMR", FileType.MEDIA),
    (rb"Rar!\x1a\x07", FileType.RAR),
    (rb"7z\xbc\xaf\x27\x1c", FileType.SEVEN_ZIP),
    (rb"\x1f\x8b\x08", FileType.GZIP),
    (rb".{257}ustar", FileType.TAR),
    (rb"\{\\rtf", FileType.RICH_TEXT),
    (rb"Founder CEB", FileType.CEB),
    (rb"\x09[\x00\x02\x04\x08][\x04\x06\x08\x10]\x00", FileType.OLD_EXCEL),  # BOF without OLE
    (rb"\xdb\xa5", FileType.WORD),  # Word 2
    (rb"L\x00\x00\x00\x01\x14\x02\x00|\[InternetShortcut\]", FileType.SHORTCUT),
)
# What the names of a zip's parts (one a line) or an OLE file's streams tell.
_PARTS = (
    (r"^xl/workbook\.bin$", FileType.XLSB),
    (r"^xl/workbook\.xml$|^xl/styles\.xml$", FileType.XLSX),
    (r"^OFD\.xml$", FileType.OFD),
    (r"^word/document\d*\.xml$", FileType.DOCX),
    (r"^ppt/presentation\.xml$", FileType.SLIDES),
    (r"^Index/Document\.iwa$|^Index\.zip$|^index\.apxl$", FileType.IWORK),
)
# Where a part begins, for a file that was cut off: the directory at its end is lost.
_CUT_OFF = (
    (rb"PK\x03\x04.{26}xl/", FileType.XLSX),
    (rb"PK\x03\x04.{26}word/(?:document|_rels|theme|styles)", FileType.DOCX),
    (rb"PK\x03\x04.{26}ppt/(?:presentation|_rels|slides|theme)", FileType.SLIDES),
)
_STREAMS = (
    (r"^EncryptedPackage$", FileType.ENCRYPTED),
    (r"(?i)^(?:Workbook|Book)$", FileType.XLS),
    (r"^WordDocument$", FileType.WORD),
    (r"^PowerPoint Document$", FileType.SLIDES),
    (r"^__properties_version1\.0$", FileType.MAIL),
)
# What the beginning of a text tells.
_TEXTS = (
    (r"(?:<\?xml[^>]*>\s*)?(?:<!DOCTYPE html\b[^>]*>\s*)?<html\b", FileType.WEB_PAGE),
    (r"<\?xml.*(?:office:spreadsheet|progid=.Excel\.Sheet)", FileType.XML_SPREADSHEET),
    (r"<(?:\w+:)?Workbook\b[^>]*office:spreadsheet", FileType.XML_SPREADSHEET),
    (r"<\?xml.*(?:progid=.Word\.Document|wordprocessingml|2006/xmlPackage)", FileType.WORD_XML),
    (r"<\?xml.*<office:document[\s>]", FileType.FLAT_ODS),
    (r"<!DOCTYPE html|<(?:.*<)?(?:html|head|body|table|meta|style)\b", FileType.WEB_PAGE),
    (r"<\?xml", FileType.XML),
    (r"(?!.*^(?:Received|To|Delivered-To):)(?=.*^Content-Type: *multipart/related)"
     r".*^(?:X-Document-Type|(?:Snapshot-)?Content-Location):", FileType.WEB_PAGE),
    (r".*?^(?:Received|Message-ID|MIME-Version):", FileType.MAIL),
)  # fmt: skip
_CONTROLS = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f]")  # 1A ends a file of DOS
_SYSTEM_NAMES = {"thumbs.db", ".ds_store", "desktop.ini"}


def is_system_file(name: str) -> bool:
    """Lock files (~$…), thumbnails and the like: `name` is a path with slashes."""
    path = PurePosixPath(name)
    return (
        path.name.startswith(("~$", "._", ".~lock."))
        or path.name.lower() in _SYSTEM_NAMES
        or "__MACOSX" in path.parts
    )


def file_type(name: str, content: bytes, package: Package | None = None) -> FileType:
    """What the file is, by its content; by name only where it is a system file.

    `package`: the same content, where it is a zip that can be opened.
    """
    if is_system_file(name):
        return FileType.SYSTEM
    if not content:
        return FileType.EMPTY
    if content.startswith(_ZIP):
        return _zip_type(content, package or open_package(content))
    if content.startswith(olefile.MAGIC):
        return _ole_type(content)
    for magic, found in _MAGIC:
        if re.match(magic, content[:_HEAD], re.DOTALL):
            return found
    return _text_type(content[:_HEAD])


def open_package(content: bytes) -> Package | None:
    """The zip that the content is; None where it is none, or cannot be opened."""
    with suppress(*BROKEN):
        return Package(content) if content.startswith(_ZIP) else None
    return None


def _zip_type(content: bytes, package: Package | None) -> FileType:
    if package is None:
        begun = (found for part, found in _CUT_OFF if re.search(part, content, re.DOTALL))
        return next(begun, FileType.ZIP)
    if "content.xml" in package and "mimetype" in package:
        return FileType.ODS if b"opendocument.spreadsheet" in content[:200] else FileType.ODT
    return _first(_PARTS, "\n".join(package.names)) or FileType.ZIP


def _ole_type(content: bytes) -> FileType:
    try:
        with olefile.OleFileIO(content) as ole:
            streams = "\n".join(entry[0] for entry in ole.listdir())
    except Exception:  # olefile raises whatever a damaged structure leads to
        return FileType.OLE
    return _first(_STREAMS, streams) or FileType.OLE


def _text_type(head: bytes) -> FileType:
    # In a mail every part may have an encoding of its own.
    text = decode(head, whole=False) or head.decode("latin-1")
    plain = text.lstrip("\ufeff \r\n\t").replace("\r\n", "\n")
    found = next((t for p, t in _TEXTS if re.match(p, plain, re.I | re.M | re.S)), None)
    return found or (FileType.UNKNOWN if _CONTROLS.search(text) else FileType.TEXT)


def _first(table: tuple[tuple[str, FileType], ...], names: str) -> FileType | None:
    return next((found for pattern, found in table if re.search(pattern, names, re.M)), None)
