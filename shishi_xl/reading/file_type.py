"""First bytes and name of a file → what it is; the extension is never believed."""

from __future__ import annotations

import zipfile
from enum import StrEnum
from io import BytesIO
from pathlib import PurePosixPath

import olefile


class FileType(StrEnum):
    """What a file is; the value is its name in a sentence."""

    XLSX = "xlsx 工作簿"
    XLSB = "xlsb 工作簿"
    XLS = "xls 工作簿"
    ODS = "ods 工作簿"
    ENCRYPTED = "加密文件"
    EMPTY = "空文件"
    SYSTEM = "系统文件"
    PDF = "PDF 文件"
    PICTURE = "图片"
    WORD = "Word 文档"
    ZIP = "zip 压缩包"
    RAR = "rar 压缩包"
    SEVEN_ZIP = "7z 压缩包"
    MAIL = "邮件"
    WEB_PAGE = "网页文件"
    OFD = "OFD 文件"
    TEXT = "文本文件（CSV 等）"
    OLE = "旧版 Office 文件"
    UNKNOWN = "无法识别的文件"


WORKBOOKS = frozenset({FileType.XLSX, FileType.XLSB, FileType.XLS, FileType.ODS})

_MAGIC = (
    (b"%PDF-", FileType.PDF),
    (b"\x89PNG\r\n", FileType.PICTURE),
    (b"\xff\xd8\xff", FileType.PICTURE),
    (b"GIF8", FileType.PICTURE),
    (b"BM", FileType.PICTURE),
    (b"II*\x00", FileType.PICTURE),
    (b"MM\x00*", FileType.PICTURE),
    (b"Rar!\x1a\x07", FileType.RAR),
    (b"7z\xbc\xaf\x27\x1c", FileType.SEVEN_ZIP),
)
_SYSTEM_NAMES = {"thumbs.db", ".ds_store", "desktop.ini"}


def is_system_file(name: str) -> bool:
    """Lock files (~$…), thumbnails and the like: `name` is a path with slashes."""
    path = PurePosixPath(name)
    return (
        path.name.startswith(("~$", "._", ".~lock."))
        or path.name.lower() in _SYSTEM_NAMES
        or "__MACOSX" in path.parts
    )


def file_type(name: str, content: bytes) -> FileType:
    """What the file is, by its content; by name only where it is a system file."""
    if is_system_file(name):
        return FileType.SYSTEM
    if not content:
        return FileType.EMPTY
    if content.startswith(b"PK\x03\x04") or content.startswith(b"PK\x05\x06"):
        return _zip_type(content)
    if content.startswith(olefile.MAGIC):
        return _ole_type(content)
    for magic, found in _MAGIC:
        if content.startswith(magic):
            return found
    return _text_type(content)


def _zip_type(content: bytes) -> FileType:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        # A truncated workbook: the directory at its end is lost. Reading it will say so.
        return FileType.XLSX if b"xl/" in content[:4096] else FileType.ZIP
    if "xl/workbook.bin" in names:
        return FileType.XLSB
    if "xl/workbook.xml" in names or ("[Content_Types].xml" in names and "xl/styles.xml" in names):
        return FileType.XLSX
    if any(n.startswith("word/") for n in names):
        return FileType.WORD
    if "OFD.xml" in names:
        return FileType.OFD
    if "mimetype" in names and "content.xml" in names:
        return FileType.ODS if b"opendocument.spreadsheet" in content[:200] else FileType.WORD
    return FileType.ZIP


def _ole_type(content: bytes) -> FileType:
    try:
        with olefile.OleFileIO(content) as ole:
            streams = {entry[0] for entry in ole.listdir()}
    except Exception:  # olefile raises whatever a damaged structure leads to
        return FileType.OLE
    if "EncryptedPackage" in streams:
        return FileType.ENCRYPTED
    if streams & {"Workbook", "Book"}:
        return FileType.XLS
    return FileType.WORD if "WordDocument" in streams else FileType.OLE


def _text_type(content: bytes) -> FileType:
    head = content[:2048].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith(
        (b"<html", b"<!doctype html", b"<table", b"<?xml", b"mime-version: 1.0\r\nx-")
    ):
        return FileType.WEB_PAGE
    if any(h in head for h in (b"\nreceived:", b"\nmessage-id:", b"\nmime-version:")):
        return FileType.MAIL
    return FileType.UNKNOWN if b"\x00" in content[:2048] else FileType.TEXT
