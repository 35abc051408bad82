"""init: a new workspace from a bundled programme."""

from __future__ import annotations

import shutil
from pathlib import Path

from .problems import CannotStart
from .workspace import BUNDLED, Workspace


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
    workspace = Workspace(folder)
    if workspace.items_file.exists():
        raise CannotStart(f"{folder} 里已有 items.yaml，未作改动。请换一个文件夹。")
    try:
        for name in ("inbox", "outbox", "templates"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        schema = folder / "templates" / "items.schema.json"
        if not schema.exists():
            shutil.copyfile(BUNDLED / "items.schema.json", schema)
        text = source.read_text("utf-8")
        # Editors find the schema by this line; the workspace has a copy of its own.
        text = text.replace("$schema=../items.schema.json", "$schema=templates/items.schema.json")
        workspace.items_file.write_text(text, "utf-8", newline="\n")
    except OSError as error:
        raise CannotStart(f"{folder} 建不成：{error.strerror}。") from None
    return workspace
