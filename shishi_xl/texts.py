"""Texts that an office can replace: jinja2 templates in templates/texts/ → what is written."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from .office import Office
from .problems import CannotStart
from .unit_form import UnitForm
from .workspace import Workspace

if TYPE_CHECKING:
    import jinja2


def guide(workspace: Workspace, office: Office, form: UnitForm) -> str:
    """填报说明 of one unit's form.

    :raises CannotStart: where the template cannot be used.
    """
    annex, addressee = form.tables[0].table, office.programme.addressee(form.unit)
    return render_text(
        workspace.template("texts/填报说明.txt"),
        programme=office.programme,
        period=form.period,
        cycle=form.period.cycle.word.removeprefix("本"),
        unit=form.unit,
        collected_by=addressee if addressee != form.unit else "",
        sheet=annex.sheet,
        main=annex.main.title(form.period.cycle),
        targets=form.sent(office.form.targets.sheet),
        status=form.sent(office.form.status.sheet),
        due=office.programme.due_date(form.period),
    )


def render_text(file: Path, *, lines: bool = False, **words: object) -> str:
    """A template with these words put in. `lines`: a tag alone on a line leaves no empty line.

    :raises CannotStart: naming the file and, where it is known, the line.
    """
    import jinja2

    try:
        return _compiled(file.read_text("utf-8-sig"), lines).render(**words)
    except UnicodeDecodeError:
        raise CannotStart(f"{file} 不是 UTF-8 编码。请用记事本另存为 UTF-8。") from None
    except jinja2.TemplateSyntaxError as fault:
        raise CannotStart(
            f"{file} 第 {fault.lineno} 行写法不对（{fault}）。请对照内置的同名文本改正。"
        ) from None
    except (jinja2.TemplateError, TypeError, ValueError, ArithmeticError) as fault:
        raise CannotStart(f"{file} 用不了（{fault}）。请对照内置的同名文本改正。") from None


@lru_cache(maxsize=16)
def _compiled(source: str, lines: bool) -> jinja2.Template:
    """Each text is compiled once: it takes longer than rendering it for forty units."""
    import jinja2

    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, trim_blocks=lines)
    return environment.from_string(source)


def form_file(number: int, unit: str) -> str:
    """01_县妇联.xlsx; what Windows refuses in a name becomes a full-width look-alike or 、."""
    wide = str.maketrans({'<': "＜", '>': "＞", ":": "：", '"': "＂", "|": "｜", "?": "？", "*": "＊",
                          "/": "、", "\\": "、"})  # fmt: skip
    name = re.sub(r"[\x00-\x1f]", "", unit).translate(wide).rstrip(". ")
    return f"{number:02d}_{name[:60]}.xlsx"
