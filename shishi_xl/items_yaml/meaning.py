"""Survey → faults of meaning: all that a schema cannot say."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from .checks import check_settings
from .dates import check_dates
from .fault import Fault
from .near import nearest
from .survey import Survey
from .targets import check_targets
from .units import check_units


def check_meaning(survey: Survey, forms: Collection[str]) -> Iterator[Fault]:
    """Every fault of meaning; what another fault has already taken away is not judged."""
    yield from check_units(survey)
    yield from check_dates(survey)
    yield from check_targets(survey)
    yield from check_settings(survey)
    yield from _check_form(survey, forms)


def _check_form(survey: Survey, forms: Collection[str]) -> Iterator[Fault]:
    form = survey.root["form"]
    if form.text and form.text not in forms:
        near = nearest(form.text, forms)
        hint = f"是不是“{near}”？" if near else ""
        known = "、".join(sorted(forms))
        yield Fault(*form.place, f"没有“{form.text}”这个报表式样；{hint}可用的有：{known}")
