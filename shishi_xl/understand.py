"""What a file says + programme and form → a Return: whose it is, its answers, what is doubtful."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from .extract import PartReader, extract
from .inbox import InboxFile
from .ledger_state import Content
from .office import Office
from .opinions import is_opinions, read_opinions
from .reading import FileRead
from .recognise import Recogniser
from .register import Decision
from .returns import Extraction, Part, Return
from .sent import read_body, sent_rows
from .sheets import Book, Refusal, Scan, Sheet
from .stamped import pair

OPENED = Refusal("", "已展开")


@dataclass(frozen=True, slots=True)
class File:
    """A file to be read: one in inbox/, or one that is only in the ledger any more. `top`: the
    content of the file in inbox/ that it came in."""

    path: str
    sha256: str
    present: bool
    inbox: InboxFile
    top: str

    @property
    def content(self) -> Content:
        return Content(self.sha256, self.inbox.size, self.inbox.modified, self.inbox.clock)

    def goes_before(self, other: File) -> bool:
        """Whether it lies in more of the clerk's folders, whose names are the clerk's word."""
        return self.present and self._folders > other._folders

    @property
    def _folders(self) -> int:
        return (self.inbox.container or self.path).count("/")


@dataclass(frozen=True)
class Understanding:
    """By what files are understood. `forms`: form code → the form as sent, JSON."""

    office: Office
    forms: Mapping[str, str]

    @cached_property
    def stamp(self) -> str:
        """Equal for two runs that understand the same file alike."""
        digest = hashlib.sha256(self.office.stamp.encode())
        for code, body in sorted(self.forms.items()):
            digest.update(f"{code}\x1f{body}\x1f".encode())
        return digest.hexdigest()

    @cached_property
    def _recogniser(self) -> Recogniser:
        return Recogniser(self.office.names, self.office.form)

    def understand(self, file: File, read: FileRead, decision: Decision | None) -> Return:
        """The Return that the file is; `decision` is what the clerk wrote of it."""
        content, recogniser = file.content, self._recogniser
        book = OPENED if read.result is None else read.result
        mail, container = read.turn.mail, file.inbox.container
        letter = mail.text if mail else ""
        if isinstance(book, Scan):
            signs = recogniser.around(file.path, mail, container, decision)
            paired = pair(book, file.path, self.office.names, signs, recogniser.whose)
            if paired:
                return Return(
                    content, file.path, file.present, questions=paired.problems,
                    witnesses=paired.witnesses, foreign=paired.foreign, top=file.top,
                    decision=decision, letter=letter, stamped=paired.pages,
                )  # fmt: skip
            blank = all(page.blank for page in book.pages)
            remark = (("remark", "各页都是空白"),) if blank else ()
            book = Refusal("", "附件", (("what", book.what), *remark))
        if isinstance(book, Refusal):
            signs = recogniser.around(file.path, mail, container, decision)
            return Return(
                content, file.path, file.present, book, witnesses=signs, decision=decision,
                letter=letter,
            )  # fmt: skip
        book, explanations = replace(book, sheets=_forms(book)), read_opinions(book, file.path)
        found = recogniser.recognise(file.path, book, mail, container, decision)
        extractions = tuple(self._extract(part, file.path) for part in found.parts)
        # The 审核意见 alone, with what the unit says there, is no file without a form.
        said = bool(explanations) and not found.parts
        problems = tuple(p for p in found.problems if not (said and p.code == "F04"))
        return Return(
            content, file.path, file.present, None, book.saved, problems, found.witnesses,
            found.foreign, book.unproven, book.unlooked, extractions, explanations, file.top, decision,
            letter,
        )  # fmt: skip

    def _extract(self, part: Part, path: str) -> Extraction:
        """The part is held against the form as it was sent, where the ledger has it."""
        sent = sent_rows(self.office.form_of(part.unit, part.period))
        codes = {str(m.code) for row in part.region.rows for m in part.region.row_ids(row)}
        body = next((self.forms[c] for c in sorted(codes) if c in self.forms), "")
        if codes and not body:  # nobody knows any more what such a form came with
            sent = {key: replace(row, carried=None) for key, row in sent.items()}
        return extract(PartReader(self.office.names, part, path, {**sent, **read_body(body)}))


def _forms(book: Book) -> tuple[Sheet, ...]:
    """A workbook's sheets without the 审核意见 that was sent back with it: nobody's answers."""
    return tuple(s for s in book.sheets if not is_opinions(s))
