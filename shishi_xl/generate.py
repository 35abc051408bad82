"""generate: items.yaml → each unit's workbook and a letter in outbox/PERIOD/下发/."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .collect import collect
from .history import History, load_history
from .kept import open_kept
from .office import Office, choose_period, load_office
from .period import Period
from .problems import CannotStart
from .reading import start_worker
from .reads import Reader
from .register_file import load_register
from .replies import issue_letter, letter_files
from .sent import form_body
from .texts import form_file, guide
from .unit_form import UnitForm
from .workspace import Workspace


@dataclass(frozen=True, slots=True)
class Generated:
    """The forms of one period: the file of each, those that could not be written, and what the
    clerk must know of items.yaml."""

    period: Period
    files: Mapping[str, Path]  # unit → file
    faults: tuple[str, ...]
    notes: tuple[str, ...] = ()


def generate(
    workspace: Workspace, period: str | None, unit: str | None, today: date, renew: bool = False
) -> Generated:
    """Write the units' forms, or one unit's.

    `renew`: a period that a later one has overtaken goes by today's items.yaml from now on.

    :raises CannotStart: faults in items.yaml, a wrong period or unit, another run under way.
    """
    office = load_office(workspace)
    chosen = choose_period(office.programme, period, today)
    if lost := workspace.lost_ledger():
        raise CannotStart(f"{lost[0]}确已找不回的，请先运行 consolidate，再下发报表。")
    office = (office.renewed(chosen) if renew else office).sending(chosen).at(chosen)
    holders = office.programme.form_holders(chosen)
    wanted = _wanted(office, holders, unit, chosen)
    with workspace.lock():
        ledger = workspace.ledger
        state = ledger.read()
        with (
            start_worker() as worker,
            open_kept(ledger.folder, False, scans=office.programme.stamped) as kept,
        ):
            found = load_register(workspace, office.names, state, (), today, worker)
            reader = Reader(ledger.source, kept, worker=worker)
            got = collect(office, state, reader, (), today, found.register)
        past = load_history(office, chosen.previous, got.returns)
        forms = {name: _compose(office, name, chosen, past) for name in wanted}
        bodies = {
            str(form.code): form_body(form, state.forms.get(str(form.code), ""))
            for form in forms.values()
        }
        ledger.commit(forms=bodies, used=office.used(chosen, today))
        folder = workspace.outbox(chosen) / "下发"
        numbers = {name: holders.index(name) + 1 for name in wanted}
        files = {name: folder / form_file(numbers[name], name) for name in wanted}
        guides = {name: guide(workspace, office, form) for name, form in forms.items()}
        outputs = _render(forms, files, guides)
        for name in wanted:
            if office.programme.gets_letters(name):
                letter = issue_letter(workspace, office, chosen, today, name, numbers[name])
                outputs |= letter_files(files[name], letter, outputs[files[name]])
        faults = workspace.write_outputs(outputs)
    return Generated(chosen, files, faults, office.notes_on(chosen))


def _wanted(
    office: Office, holders: tuple[str, ...], unit: str | None, period: Period
) -> tuple[str, ...]:
    if unit is None:
        return holders
    name = office.names.exact_in(unit, period)
    if name not in holders:
        raise CannotStart(
            f"“{unit}”在 {period.label} 没有报送任务；有任务的单位：{'、'.join(holders)}。"
        )
    return (name,)


def _compose(office: Office, unit: str, period: Period, past: History) -> UnitForm:
    return office.form_of(unit, period, past.last_answers(unit))


def _render(
    forms: Mapping[str, UnitForm], files: Mapping[str, Path], guides: Mapping[str, str]
) -> dict[Path, bytes]:
    from .write_form import write_form  # xlsxwriter is loaded where a workbook is written

    return {files[name]: write_form(form, guides[name]) for name, form in forms.items()}
