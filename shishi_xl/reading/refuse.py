"""What a file is → the Refusal, with what the clerk may ask of the unit."""

from __future__ import annotations

from dataclasses import replace

from ..sheets import Refusal
from .file_type import FileType

LARGEST_TEXT = 64 * 2**20  # bytes of text in one file, inflated

_FILL_IN = "请单位填入下发的 .xlsx 报表后再报一次。"
_RESAVE = "请单位另存为 .xlsx 工作簿后再报一次。"
_AS_DOCX = "请单位用 WPS 或 Word 另存为 .docx，或填入下发的 .xlsx 报表后再报一次。"
_UNPACK = "请把里面的文件解开，放进 inbox/ 后再运行一次。"
_OPEN = "请打开核对；若是报表，请单位用下发的 .xlsx 报表重报。"
_NO_TABLE = "请打开核对：若是报送内容，请单位填入下发的 .xlsx 报表后再报一次；若与报送无关，可移入“作废”文件夹。"
_ADVICE = {
    FileType.WORD: _AS_DOCX,
    FileType.WORD_XML: _AS_DOCX,
    FileType.RICH_TEXT: _AS_DOCX,
    FileType.ODT: _AS_DOCX,
    FileType.IWORK: "请单位在苹果电脑上导出为 Excel（.xlsx）或 Word（.docx）后再报一次。",
    FileType.FLAT_ODS: _RESAVE,
    FileType.OLD_EXCEL: _RESAVE,
    FileType.OFD: _FILL_IN,
    FileType.CEB: _FILL_IN,
    FileType.SLIDES: _FILL_IN,
    FileType.ZIP: _UNPACK,
    FileType.RAR: _UNPACK,
    FileType.SEVEN_ZIP: _UNPACK,
    FileType.GZIP: _UNPACK,
    FileType.TAR: _UNPACK,
    FileType.MAIL: "请把邮件里的附件另存到 inbox/ 后再运行一次。",
    FileType.SHORTCUT: "快捷方式只指向单位电脑上的文件，本身没有内容；请单位发送文件本身。",
}


def refuse(found: FileType) -> Refusal:
    """A file of a type that the program does not read."""
    return _refusal(found.value, _ADVICE.get(found, _OPEN))


def without_table(found: FileType) -> Refusal:
    """A file that could be read and holds no table: a letter, a note."""
    return _refusal(f"没有表格的{found}", _NO_TABLE)


def frame_only() -> Refusal:
    """A web page whose sheets are in files of their own, which were not sent."""
    return _refusal("网页文件的外框，表格在没有一起发来的“.files”文件夹里", _RESAVE)


def damaged(reason: str) -> Refusal:
    """A file that begins as it should and cannot be read to its end."""
    return Refusal("F01", "无法读取", (("reason", reason),))


def lost(error: OSError) -> Refusal:
    """A file, or the copy of it that was kept, that is not to be had."""
    return replace(damaged(f"打不开（{error.strerror}）"), lost=True)


def with_dtd() -> Refusal:
    """XML that declares a document type: entities, which can grow without end, are its one use."""
    return damaged("文件里有 DTD 声明，可能有害，不予读取")


def not_text() -> Refusal:
    """Bytes in none of the encodings that are known, or with a few of them broken."""
    return damaged("文字编码不是 UTF-8、GB18030 或 UTF-16，或已损坏")


def too_large() -> Refusal:
    """A file beyond what any report is: more than 2,000,000 cells or 64 MB of text."""
    return damaged("内容太大，不像是报表")


def no_scan(
    reason: str, todo: str = "请打开核对；确是盖章件的，请单位重新扫描后再报一次。"
) -> Refusal:
    """A PDF or a picture that cannot be looked at."""
    return Refusal("P02", "无法读取", (("reason", reason), ("todo", todo)))


def _refusal(what: str, todo: str) -> Refusal:
    return Refusal("F02", "无法读取", (("what", what), ("todo", todo)))
