"""Time of saving as a file states it → China's time."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))  # all of China has one time zone


def read_moment(text: str) -> datetime | None:
    """An ISO 8601 moment as China's clocks show it; without a zone it is taken as theirs."""
    try:
        moment = datetime.fromisoformat(text.strip())
        if moment.tzinfo:
            moment = moment.astimezone(CHINA).replace(tzinfo=None)
    except (ValueError, OverflowError):  # 0001-01-01 has no time further east
        return None
    return moment.replace(microsecond=0)
