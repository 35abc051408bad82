"""The workspace's items.yaml and forms → Office: all that a run knows before it looks at returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from .form import Form
from .form_yaml import load_form
from .items_yaml import INLINE_FORM, inline_form, load_programme
from .model import Programme
from .names import Names
from .period import Period, current_period, parse_period
from .problems import CannotStart
from .unit_form import LastAnswers, UnitForm, compose_form
from .workspace import Workspace


@dataclass(frozen=True)
class Office:
    """A programme with its form. `source` is items.yaml as it stands."""

    programme: Programme
    form: Form
    source: bytes

    @cached_property
    def names(self) -> Names:
        return Names(self.programme)

    @cached_property
    def _composed(self) -> dict[tuple[str, Period], UnitForm]:
        return {}

    def form_of(self, unit: str, period: Period, last: LastAnswers = LastAnswers()) -> UnitForm:
        """The unit's form as it would be sent today."""
        if last.answers or last.sign_off:
            return compose_form(self.programme, self.form, period, unit, last)
        if (unit, period) not in self._composed:
            self._composed[unit, period] = compose_form(
                self.programme, self.form, period, unit, last
            )
        return self._composed[unit, period]


def load_office(workspace: Workspace) -> Office:
    """The programme and its form.

    :raises CannotStart: where items.yaml is missing, or it or the form has any fault: all named.
    """
    office, faults = read_office(workspace)
    if office is None:
        raise CannotStart("\n".join((*faults, f"共 {len(faults)} 处错误，请改正后再运行。")))
    return office


def read_office(workspace: Workspace) -> tuple[Office | None, tuple[str, ...]]:
    """The office, or every fault of items.yaml and the form as `file:line:column: sentence`."""
    try:
        source = workspace.items_file.read_bytes()
    except FileNotFoundError:
        raise CannotStart(
            f"{workspace.root} 里没有 items.yaml。"
            "请用 shishi-xl init 新建工作文件夹，或用 -w 指定已有的工作文件夹。"
        ) from None
    except OSError as error:
        raise CannotStart(f"items.yaml 打不开：{error.strerror}。") from None
    forms = workspace.templates("forms")
    programme, faults = load_programme(source, forms)
    named = [f"items.yaml:{fault}" for fault in faults]
    if programme is None:
        return None, tuple(named)
    form, form_faults = load_form(programme.form, _form_sources(workspace, programme, source))
    named = [f"{file}:{fault}" for file, fault in form_faults]
    return (Office(programme, form, source) if form else None), tuple(named)


def _form_sources(workspace: Workspace, programme: Programme, source: bytes) -> Mapping[str, bytes]:
    """The definitions of the annex and its two companions, by file name as faults show it."""
    inline = inline_form(source) if programme.form == INLINE_FORM else None
    annex = f"forms/{programme.form}.yaml"
    names = (*(() if inline else (annex,)), "sheets/targets.yaml", "sheets/status.yaml")
    bundled = {f"templates/{name}": workspace.template(name).read_bytes() for name in names}
    return {INLINE_FORM: inline, **bundled} if inline else bundled


def choose_period(programme: Programme, text: str | None, today: date) -> Period:
    """The period that the user named, else the current one.

    :raises CannotStart: where it names none, or one outside the programme.
    """
    if text is None:
        return current_period(programme.periods, today)
    period = parse_period(text)
    known = "、".join(str(p) for p in programme.periods)
    if period is None:
        raise CannotStart(
            f"“{text}”不是期次；请写成 {programme.cycle.example} 这样，本方案有：{known}。"
        )
    if period not in programme.periods:
        raise CannotStart(f"{period.label}（{period}）不在本方案之内；本方案有：{known}。")
    return period
