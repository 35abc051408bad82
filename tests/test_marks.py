"""Form codes and row ids."""

import pytest

from shishi_xl.marks import (
    FormCode,
    RowId,
    find_codes,
    make_code,
    parse_code,
    parse_row_id,
    unit_hashes,
)
from shishi_xl.period import Cycle, Period

CODE = make_code("gaoqing-2023", Period(2023, 2, Cycle.QUARTER), "县妇联", ["1", "实施行动"])


def test_a_code_fits_a_small_qr_code() -> None:
    assert len(str(CODE)) == 18


def test_a_code_is_read_back_as_written() -> None:
    assert parse_code(CODE.written) == CODE


@pytest.mark.parametrize("position", range(18))
def test_one_wrong_character_is_noticed(position: int) -> None:
    text = str(CODE)
    other = "7" if text[position] != "7" else "8"
    assert parse_code(text[:position] + other + text[position + 1 :]) is None


@pytest.mark.parametrize("at", range(17))
def test_two_swapped_characters_are_noticed(at: int) -> None:
    text = str(CODE)
    swapped = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    assert (parse_code(swapped) is None) == (swapped != text)


def test_a_code_is_found_among_words() -> None:
    assert find_codes(f"表单编码：{CODE.written}（请勿改动）") == ((CODE.written, CODE),)


def test_a_miswritten_code_is_found_and_not_read() -> None:
    wrong = CODE.written[:-1] + ("1" if CODE.written[-1] != "1" else "2")
    assert find_codes(f"表单编码：{wrong}") == ((wrong, None),)


@pytest.mark.parametrize("mark", [RowId(CODE, "03"), RowId(CODE, "03", "2")])
def test_a_row_id_is_read_back(mark: RowId) -> None:
    assert parse_row_id(f" {mark} ") == mark


def test_another_fixed_text_is_another_version() -> None:
    other = make_code("gaoqing-2023", CODE.period, "县妇联", ["1", "实施新行动"])
    assert (other.version == CODE.version, other.unit) == (False, CODE.unit)


def test_two_units_may_have_one_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shishi_xl.marks.unit_hash", lambda name: "AAAA")
    assert unit_hashes(["县妇联", "县残联"]) == {"AAAA": ("县妇联", "县残联")}


def test_a_code_of_another_programme_is_still_a_code() -> None:
    other = make_code("linzi-2023", CODE.period, "区妇联", [])
    assert parse_code(str(other)) == FormCode(
        other.programme, CODE.period, other.unit, other.version
    )
