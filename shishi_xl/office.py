"""The workspace's items.yaml and forms → Office: all that a run knows before it looks at returns."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from .editions import Chronicle, Edition, Use
from .form import Form
from .form_yaml import load_form
from .items_yaml import INLINE_FORM, Loaded, inline_form, load_edition
from .model import Programme
from .names import Names, fold_words
from .period import Period, current_period, parse_period
from .problems import CannotStart
from .unit_form import LastAnswers, UnitForm, compose_form
from .workspace import Workspace


@dataclass(frozen=True)
class Office:
    """A programme with its form. `edition` is items.yaml as it stands, `chronicle` as it was.

    `in_force`: the programme under which each period last ran; of those in `names.earlier` it is
    the one by which they go, since a later period's forms are out.
    """

    programme: Programme
    form: Form
    names: Names
    edition: Edition
    chronicle: Chronicle = field(default_factory=Chronicle)
    in_force: Mapping[Period, Programme] = field(default_factory=dict)

    def at(self, period: Period) -> Office:
        """The office as a period sees it: with the items, names and numbers of then."""
        if period not in self._views:
            self._views[period] = replace(self, programme=self.names.programme_in(period))
        return self._views[period]

    def sending(self, period: Period) -> Office:
        """The office as it is once the period's forms are out."""
        overtaken = {p: then for p, then in self.in_force.items() if p < period}
        return replace(self, names=replace(self.names, earlier={**self.names.earlier, **overtaken}))

    def renewed(self, period: Period) -> Office:
        """The office where `period` goes by items.yaml as it is today."""
        earlier = {p: then for p, then in self.names.earlier.items() if p != period}
        return replace(self, names=replace(self.names, earlier=earlier))

    def used(self, period: Period, day: date) -> Use:
        """A run for a period: it goes by today's items.yaml, unless a later one has overtaken it."""
        edition = replace(self.edition, day=day)
        return Use(edition, "" if period in self.names.earlier else str(period))

    def notes_on(self, period: Period) -> tuple[str, ...]:
        """What the clerk must know of the items.yaml by which the period goes."""
        then = self.chronicle.edition(self.chronicle.in_force.get(str(period), ""))
        if period not in self.names.earlier or then is None or then.sha256 == self.edition.sha256:
            return self.edition.notes if period not in self.names.earlier else ()
        return (
            f"{period.label}按当时的 items.yaml（{then.day} 起用）汇总；后来的改动不影响已经过去的期次。"
            f"确需用于这一期的，请运行 shishi-xl generate {period} --renew 重新下发。",
        )

    @cached_property
    def stamp(self) -> str:
        """Equal for two offices that take the same text for the same unit, period, item, column."""
        names = self.names
        # Of one edition alone, what its items are called needs no looking back.
        own = {fold_words(i.name): i.id for i in self.edition.items} if not names.earlier else {}
        once = sorted(names.once.items() - own.items())
        known = (
            self.programme,
            names.programme,
            sorted(names.earlier.items()),
            once,
            names.unlisted,
        )
        forms = [(table.sheet, table) for table in self.form.tables]
        return hashlib.sha256(repr((known, self.form.name, forms)).encode()).hexdigest()

    @cached_property
    def _views(self) -> dict[Period, Office]:
        return {}

    @cached_property
    def _composed(self) -> dict[tuple[str, Period], UnitForm]:
        return {}

    def form_of(self, unit: str, period: Period, last: LastAnswers = LastAnswers()) -> UnitForm:
        """The unit's form as it would be sent today."""
        programme = self.names.programme_in(period)
        if last.answers or last.sign_off:
            return compose_form(programme, self.form, period, unit, last)
        if (unit, period) not in self._composed:
            self._composed[unit, period] = compose_form(programme, self.form, period, unit, last)
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
    chronicle = _read_chronicle(workspace, forms)
    loaded = load_edition(source, forms, chronicle.known)
    if loaded.programme is None:
        return None, tuple(f"items.yaml:{fault}" for fault in loaded.faults)
    programme = loaded.programme
    sources = _form_sources(workspace, programme, source)
    form, form_faults = load_form(programme.form, sources)
    if form is None:
        return None, tuple(f"{file}:{fault}" for file, fault in form_faults)
    edition = _edition(source, loaded, chronicle)
    in_force = _in_force(programme, edition, chronicle, forms)
    sent = [p for p in map(parse_period, chronicle.sent) if p]
    earlier = {p: then for p, then in in_force.items() if any(p < later for later in sent)}
    names = Names(programme, earlier, _once(chronicle), tuple(_units(chronicle)))
    return Office(programme, form, names, edition, chronicle, in_force), ()


def _read_chronicle(workspace: Workspace, forms: Collection[str]) -> Chronicle:
    """The ledger's editions; the ids of those from before it kept ids were the numbers."""
    chronicle = workspace.ledger.read_chronicle()
    editions = (
        e if e.items else replace(e, items=load_edition(e.source, forms, ()).items)
        for e in chronicle.editions
    )
    return replace(chronicle, editions=tuple(editions))


def _edition(source: bytes, loaded: Loaded, chronicle: Chronicle) -> Edition:
    """items.yaml as it stands; what was said of it when it was first used is said still."""
    sha256 = hashlib.sha256(source).hexdigest()
    known = chronicle.edition(sha256)
    notes = known.notes if known else loaded.notes
    return Edition(sha256, date.max, source, loaded.items, notes)


def _once(chronicle: Chronicle) -> dict[str, str]:
    """Every name that an item had; one that two items had at different times says nothing."""
    ids: dict[str, set[str]] = {}
    for item in (i for edition in chronicle.known for i in edition):
        ids.setdefault(fold_words(item.name), set()).add(item.id)
    return {name: found.pop() for name, found in ids.items() if len(found) == 1}


def _units(chronicle: Chronicle) -> Iterator[str]:
    """Every unit that an edition gave an item to, the latest first."""
    for edition in chronicle.known:
        for item in edition:
            yield from item.context


def _in_force(
    programme: Programme, edition: Edition, chronicle: Chronicle, forms: Collection[str]
) -> dict[Period, Programme]:
    """Each period that has run, with the programme under which it last did."""
    found = {}
    for text, sha256 in chronicle.in_force.items():
        period, then = parse_period(text), chronicle.edition(sha256)
        if period and then:
            same = sha256 == edition.sha256
            old = programme if same else load_edition(then.source, forms, [then.items]).programme
            if old:  # one that this version of the program cannot read any more
                found[period] = old
    return found


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
