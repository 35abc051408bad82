"""The bundled Word template of the circular → templates/documents/通报.docx, set by GB/T 9704—2012.

Run it after a change of its wording here; an office edits its own copy in Word.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

FILE = Path(__file__).parent.parent / "templates" / "documents" / "通报.docx"

TITLE, HEAD, SUBHEAD, BODY = "方正小标宋简体", "黑体", "楷体", "仿宋"
_FALLBACK = {TITLE: "宋体", HEAD: "SimHei", SUBHEAD: "KaiTi", BODY: "FangSong"}
_LINE = Pt(28.95)  # 22 lines in 225 mm
_SIZE = Pt(16)  # 三号: 28 characters in 156 mm

# (style, text) of each paragraph; {%p … %} are lines of their own and leave none behind.
PARAGRAPHS: tuple[tuple[str, str], ...] = (
    ("note", "（代拟稿，请核校后印发）"),
    ("title", "{{ title }}"),
    ("plain", "各责任单位："),
    ("body", "现将{{ programme.name }}（以下简称“实事”）{{ when }}进展情况通报如下。"),
    ("head", "一、总体情况"),
    ("body", "本年度安排实事{{ total }}件，序时进度为{{ time_share }}。截至{{ day }}，{{ overall }}。"
             "{% if done_remark %}{{ done_remark }}。{% endif %}"
             "{% if units %}应报送单位{{ units }}个，"
             "{% if units == units_whole %}已全部报齐{% elif units_whole %}其中{{ units_whole }}个已报齐"
             "{% else %}尚无单位报齐{% endif %}。{% endif %}"),
    ("{%p", "if changes"),
    ("body", "与上期相比，{% for change in changes %}{{ change.word }}{{ change.count }}件"
             "（{{ change.who }}）{% if not loop.last %}，{% endif %}{% endfor %}。"),
    ("{%p", "endif"),
    ("head", "二、分项进展"),
    ("{%p", "for group in groups"),
    ("subhead", "（{{ group.number }}）{{ group.name }}（{{ group.count }}件）"),
    ("{%p", "if group.silent"),
    ("body", "{{ group.named }}。"),
    ("{%p", "elif group.lags"),
    ("body", "{{ group.numbers }}，进度、责任单位和原因见第三部分。"),
    ("{%p", "else"),
    ("{%p", "for item in group['items']"),
    ("body", "{{ item.label }}。{% if item.figures %}{{ item.figures }}。{% endif %}"),
    ("{%p", "endfor"),
    ("{%p", "endif"),
    ("{%p", "endfor"),
    ("head", "三、存在问题"),
    ("{%p", "if not lagging and not missing"),
    ("body", "本期没有推进缓慢、未启动的实事，各单位均已报送。"),
    ("{%p", "endif"),
    ("{%p", "if lagging"),
    ("subhead", "{{ '（一）' if missing }}部分实事进度滞后（{{ lagging|length }}件）"),
    ("{%p", "for item in lagging"),
    ("body", "{{ item.number }}.{{ item.name }}（{{ item.item_class }}，{{ item.unit }}）。"
             "{% if item.figures %}{{ item.figures }}。{% endif %}"
             "{% if item.words %}单位反映：{{ item.words }}。{% else %}单位未说明原因。{% endif %}"),
    ("{%p", "endfor"),
    ("{%p", "endif"),
    ("{%p", "if missing"),
    ("subhead", "{{ '（二）' if lagging }}部分单位没有按要求报送"),
    ("{%p", "for group in missing"),
    ("body", "{{ group.count }}个单位{{ group.word }}：{{ group.who }}。"),
    ("{%p", "endfor"),
    ("{%p", "endif"),
    ("head", "四、下一步工作"),
    ("{%p", "if lagging"),
    ("body", "（一）加快补齐进度。{{ lagging_units }}要对照年度目标{% if not year_over %}和序时进度{% endif %}，"
             "逐项查明原因，倒排工期，明确责任人和完成时限，"
             "{% if year_over %}尽快补齐，并书面报告整改情况{% else %}下期报送时一并说明整改情况{% endif %}。"),
    ("{%p", "endif"),
    ("{%p", "if missing"),
    ("body", "（{{ '二' if lagging else '一' }}）及时规范报送。尚未报送或报送不全的单位，"
             "请尽快补报{% if collector.name %}至{{ collector.name }}{% endif %}"
             "{% if collector.phone %}（联系电话：{{ collector.phone }}）{% endif %}。"),
    ("{%p", "endif"),
    ("last", "{% if last_number %}（{{ last_number }}）{% if year_over %}做好总结{% else %}加强协作配合{% endif %}。{% endif %}"
             "{% if year_over %}各责任单位要认真总结全年工作，巩固已有成效；尚未完成的，明确后续措施，持续抓好落实。"
             "{% else %}各责任单位要主动沟通，如实反映进展和困难，确保全年实事按期完成。{% endif %}"),
    ("gap", ""),
    ("sign", "{{ collector.name }}"),
    ("day", "{{ day }}"),
)  # fmt: skip


def main() -> None:
    """Build and write the template; the same text gives the same bytes."""
    document = Document()
    _set_page(document)
    _set_fonts(document)
    for style, text in PARAGRAPHS:
        _add(document, style, text)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = "通报模板", "", ""
    properties.created = properties.modified = datetime(2023, 1, 1)
    out = BytesIO()
    document.save(out)
    FILE.parent.mkdir(exist_ok=True)
    with ZipFile(out) as parts, ZipFile(FILE, "w", ZIP_DEFLATED) as fixed:
        for name in parts.namelist():
            info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            fixed.writestr(info, parts.read(name))


def _set_page(document: Any) -> None:
    """A4, text block 156 × 225 mm, page numbers outside: right on odd pages, left on even ones."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(23)
    document.settings.odd_and_even_pages_header_footer = True
    _number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)


def _number(footer: Any, side: WD_ALIGN_PARAGRAPH) -> None:
    paragraph = footer.paragraphs[0]
    paragraph.alignment = side
    shift = paragraph.paragraph_format
    shift.left_indent = shift.right_indent = Pt(14)
    for text in ("— ", "PAGE", " —"):
        run = _run(paragraph, "" if text == "PAGE" else text, "宋体", Pt(14))
        if text == "PAGE":
            for kind in ("begin", "", "end"):
                run._r.append(_field(kind))


def _field(kind: str) -> Any:
    if not kind:
        text = OxmlElement("w:instrText")
        text.text = "PAGE"
        return text
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    return mark


def _set_fonts(document: Any) -> None:
    """The body's font as the default, and for each font what stands in where it is absent."""
    style = document.styles["Normal"]
    style.font.name, style.font.size = BODY, _SIZE
    style.element.rPr.rFonts.set(qn("w:eastAsia"), BODY)
    for part in document.part.package.iter_parts():
        if part.partname == "/word/fontTable.xml":
            names = "".join(
                f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
                for name, other in _FALLBACK.items()
            )
            part._blob = part.blob.replace(b"</w:fonts>", names.encode() + b"</w:fonts>")


def _add(document: Any, style: str, text: str) -> None:
    paragraph = document.add_paragraph()
    look = paragraph.paragraph_format
    look.line_spacing_rule, look.line_spacing = WD_LINE_SPACING.EXACTLY, _LINE
    look.space_before = look.space_after = Pt(0)
    look.widow_control = True
    if style == "{%p":
        _run(paragraph, f"{{%p {text} %}}", BODY, _SIZE)
        return
    font, size = {"title": (TITLE, Pt(22)), "head": (HEAD, _SIZE), "subhead": (SUBHEAD, _SIZE)}.get(
        style, (BODY, _SIZE)
    )
    if style in ("body", "last", "head", "subhead"):
        _indent(paragraph)
    # No heading at a page's foot; no page with nothing but the signature.
    look.keep_with_next = style in ("head", "subhead", "last", "gap", "sign")
    if style == "title":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        look.line_spacing, look.space_before, look.space_after = Pt(35), Pt(29), Pt(29)
    if style in ("sign", "day"):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        look.right_indent = Pt(64)
    for at, line in enumerate(text.split("\n")):
        if at:
            paragraph.add_run().add_break()
        _run(paragraph, line, font, size)


def _indent(paragraph: Any) -> None:
    """Two characters, whatever their size."""
    indent = parse_xml(f'<w:ind {nsdecls("w")} w:firstLineChars="200" w:firstLine="640"/>')
    paragraph._p.get_or_add_pPr().append(indent)


def _run(paragraph: Any, text: str, font: str, size: Any) -> Any:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, size
    run._r.rPr.rFonts.set(qn("w:eastAsia"), font)
    return run


if __name__ == "__main__":
    main()
