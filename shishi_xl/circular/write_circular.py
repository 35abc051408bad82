"""A Word template with the summary's words put in → the bytes of the draft."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from ..problems import CannotStart
from ..summary import Summary
from .said import said_of


def write_circular(summary: Summary, template: Path) -> bytes:
    """通报_PERIOD.docx. The same summary and template give the same bytes.

    :raises CannotStart: where the template cannot be used, naming it.
    """
    import docxtpl
    import jinja2
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import XMLSyntaxError

    out = BytesIO()
    try:
        document = docxtpl.DocxTemplate(BytesIO(template.read_bytes()))
        environment = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=True)
        document.render(said_of(summary), environment)
        properties = document.docx.core_properties
        properties.title = f"{summary.programme.name}{summary.period.label}进展情况通报"[:255]
        properties.created = properties.modified = datetime.combine(summary.today, time())
        properties.author = properties.last_modified_by = summary.programme.collector.name[:255]
        document.save(out)
    except (jinja2.TemplateError, BadZipFile, PackageNotFoundError, XMLSyntaxError,
            KeyError, TypeError, ValueError) as fault:  # fmt: skip
        raise CannotStart(
            f"{template} 用不了（{fault}）。请对照内置的模板改正，或删去，改用内置的。"
        ) from None
    return _with_fixed_times(out.getvalue())


def _with_fixed_times(package: bytes) -> bytes:
    """The same parts in the same order, without the clock's time."""
    out = BytesIO()
    with ZipFile(BytesIO(package)) as parts, ZipFile(out, "w", ZIP_DEFLATED) as fixed:
        for name in parts.namelist():
            info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            fixed.writestr(info, parts.read(name))
    return out.getvalue()
