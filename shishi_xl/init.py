"""init: a new workspace from a bundled programme, or from last year's workspace."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from .collect import collect
from .history import load_history
from .items_yaml import next_year
from .kept import open_kept
from .office import Office, load_office
from .problems import CannotStart
from .reads import Reader
from .workspace import BUNDLED, Workspace

_SCHEMA = "items.schema.json"


def examples() -> dict[str, Path]:
    """The bundled programmes by id."""
    return {file.stem: file for file in sorted((BUNDLED / "programmes").glob("*.yaml"))}


def init(folder: Path, example: str) -> Workspace:
    """Make the workspace; a folder that exists already is completed, nothing in it is replaced.

    :raises CannotStart: an unknown example, or an items.yaml that stands there already.
    """
    source = examples().get(example)
    if source is None:
        raise CannotStart(f"没有“{example}”这个示例；可用的有：{'、'.join(examples())}。")
    # Editors find the schema by this line; the workspace has a copy of its own.
    text = source.read_text("utf-8")
    return _make(folder, text.replace(f"$schema=../{_SCHEMA}", f"$schema=templates/{_SCHEMA}"))


def init_from(folder: Path, other: Workspace) -> Workspace:
    """Make next year's workspace: units with their aliases and contacts, groups, forms and texts
    are taken along; the items are to be written.

    :raises CannotStart: faults in the other's items.yaml, or an items.yaml that stands there already.
    """
    _refuse_taken(folder)
    office = load_office(other)
    programme = office.programme
    text = next_year(
        office.edition.source.decode("utf-8-sig"), programme.year, _signed(other, office)
    )
    workspace = _make(folder, text)
    own = other.root / "templates"
    try:
        for file in sorted(own.rglob("*")):
            to = folder / "templates" / file.relative_to(own)
            if file.is_file() and not to.exists():
                to.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, to)
    except OSError as error:
        raise CannotStart(f"{error.filename} 抄不过来：{error.strerror}。") from None
    return workspace


def _signed(other: Workspace, office: Office) -> Mapping[str, tuple[str, str]]:
    """Whom each unit of today's programme named last on its forms: 填报人, 联系电话."""
    last = office.programme.periods[-1]
    office = office.at(last)
    with open_kept(other.ledger.folder, saves=False, scans=office.programme.stamped) as kept:
        reader = Reader(other.ledger.source, kept)
        got = collect(office, other.ledger.read(), reader, (), date.max)
    history = load_history(office, last, got.returns)
    found = {}
    for unit in office.programme.form_holders(last):
        signed = history.last_answers(unit).sign_off
        if unit not in office.programme.groups and signed:
            found[unit] = (signed.get("填报人", ""), signed.get("联系电话", ""))
    return {unit: named for unit, named in found.items() if any(named)}


def _make(folder: Path, items: str) -> Workspace:
    _refuse_taken(folder)
    workspace = Workspace(folder)
    try:
        for name in ("inbox", "outbox", "templates"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        schema = folder / "templates" / _SCHEMA
        if not schema.exists():
            shutil.copyfile(BUNDLED / _SCHEMA, schema)
        workspace.items_file.write_text(items, "utf-8", newline="\n")
    except OSError as error:
        raise CannotStart(f"{folder} 建不成：{error.strerror}。") from None
    return workspace


def _refuse_taken(folder: Path) -> None:
    if Workspace(folder).items_file.exists():
        raise CannotStart(f"{folder} 里已有 items.yaml，未作改动。请换一个文件夹。")
