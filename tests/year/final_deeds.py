"""finalise, and what comes after it."""

from __future__ import annotations

from shishi_xl.finalise import finalise
from shishi_xl.problems import CannotStart

from .luck import Luck, event
from .office import Office, Pen
from .units_deeds import fills, hands_in, items_of, someone


@event("定稿")
def finalises(office: Office, luck: Luck) -> bool:
    quarter = _some_quarter(office, luck)
    office.compares(quarter)
    return _finalise(office, quarter)


@event("定稿前又来了新件")
def finalises_too_early(office: Office, luck: Luck) -> bool:
    """A file that no run has seen lies in inbox/: the program must refuse."""
    sent = office.form(office.quarter, someone(office, luck))
    assert sent
    office.compares(office.quarter)
    pen = Pen(sent)
    fills(office, pen, luck, items_of(sent))
    hands_in(office, pen, luck)
    try:
        finalise(office.workspace, office.quarter, office.today)
    except CannotStart:
        return True
    office.differences.append("定稿: finalised though a new file waited")
    return True


@event("定稿后更正")
def corrects_after_final(office: Office, luck: Luck) -> bool:
    """A correction comes to a quarter that went up."""
    if not office.finals:
        return False
    quarter = luck.of(sorted(office.finals))
    sent = office.form(quarter, someone(office, luck, quarter))
    assert sent
    pen = Pen(sent)
    fills(office, pen, luck, [luck.of(items_of(sent))])
    hands_in(office, pen, luck)
    office.wishes.append(quarter)
    return True


def _some_quarter(office: Office, luck: Luck) -> str:
    ended = [q for q in office.plan.quarters if q <= office.quarter]
    return luck.of(ended[-2:])


def _finalise(office: Office, quarter: str) -> bool:
    try:
        done = office.runs(lambda: finalise(office.workspace, quarter, office.today))
    except CannotStart as fault:
        office.differences.append(f"定稿 {quarter}: {fault}")
        return True
    if not done.again:
        drafts = office.finals.setdefault(quarter, [])
        drafts.append(office.counting(quarter).everything())
        if done.draft.number != len(drafts):
            office.differences.append(f"定稿 {quarter}: number {done.draft.number}")
        office.frozen[done.file] = done.file.read_bytes()
    return True
