"""Ids that forms already bear stay with their items, wherever those stand and whatever joins them."""

import pytest
import yaml

from shishi_xl.editions import Known
from shishi_xl.items_yaml import load_edition

A, B, C, D = "实施教育扩容行动", "实施心理健康服务", "实施巾帼创业创新行动", "开展托育机构建设"
NEW = "为老年人修建食堂"
UNITS = {A: "县教育局", B: "县卫健局", C: "县妇联", D: "县总工会", NEW: "县民政局"}

Item = str | dict[str, object]


def source(items: list[Item]) -> bytes:
    named: list[dict[str, object]] = [{"name": i} if isinstance(i, str) else i for i in items]
    written = [{"responsible": [UNITS.get(str(i["name"]), "县财政局")], **i} for i in named]
    head = {"id": "a-2023", "programme": "实事", "year": 2023, "cycle": "quarter"}
    return yaml.safe_dump({**head, "items": written}, allow_unicode=True, sort_keys=False).encode()


def known(*editions: list[Item]) -> list[tuple[Known, ...]]:
    """What forms were made of; the latest edition last, as time goes."""
    found: list[tuple[Known, ...]] = []
    for items in editions:
        edition = load_edition(source(items), ["annex"], found)
        assert edition.faults == ()
        found.insert(0, edition.items)
    return found


def ids(items: list[Item], *editions: list[Item]) -> list[str]:
    edition = load_edition(source(items), ["annex"], known(*editions))
    assert edition.programme, edition.faults
    return [i.id for i in edition.programme.items]


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ([A, B, C], [A, B, C], ["01", "02", "03"]),
        ([A, B, C], [A, B, NEW, C], ["01", "02", "04", "03"]),
        ([A, B, C], [C, A, B], ["03", "01", "02"]),
        ([A, B, C], [A, C], ["01", "03"]),
        ([A, B, C], [A, NEW, C], ["01", "04", "03"]),
        ([A, "实施“心希望”服务"], ["实施"'"心希望"'" 服务", A], ["02", "01"]),
        ([A, B], [A, B, {"name": NEW, "id": "9"}], ["01", "02", "9"]),
        ([A, {"name": B, "id": "xl"}], [B, A], ["xl", "01"]),
        ([A, B, C], [A, {"name": "改头换面", "id": "03"}, B], ["01", "03", "02"]),
    ],
    ids=["same", "put in", "reordered", "removed", "replaced by another", "quotes", "with an id",
         "an id no longer written", "tied by hand"],
)  # fmt: skip
def test_ids_stay(before: list[Item], now: list[Item], expected: list[str]) -> None:
    assert ids(now, before) == expected


def test_an_item_that_comes_back_has_its_old_id() -> None:
    assert ids([A, B, C], [A, B, C], [A, C]) == ["01", "02", "03"]


def test_an_id_is_never_used_again() -> None:
    assert ids([A, B, NEW], [A, B, C], [A, B]) == ["01", "02", "04"]


def test_what_was_reworded_where_it_stood_keeps_its_id_and_it_is_said() -> None:
    now: list[Item] = [A, "实施心理健康关爱服务", C]
    edition = load_edition(source(now), ["annex"], known([A, B, C]))
    assert edition.programme
    assert [i.id for i in edition.programme.items] == ["01", "02", "03"]
    (note,) = edition.notes
    assert f"第 2 件“实施心理健康关爱服务”按原来的“{B}”（编号 02）改了名称对待" in note


def test_what_is_new_is_said() -> None:
    edition = load_edition(source([A, NEW, B]), ["annex"], known([A, B]))
    assert edition.notes == (f"第 2 件“{NEW}”是新增的，编号 03。",)


@pytest.mark.parametrize(
    "now",
    [
        ["实施心理健康关爱服务", A, C],
        [A, {"name": "修建口袋公园", "responsible": [UNITS[B]]}, C],
    ],
    ids=["reworded and moved", "another name for the same unit at the same place"],
)
def test_what_cannot_be_told_is_asked_with_its_line(now: list[Item]) -> None:
    edition = load_edition(source(now), ["annex"], known([A, B, C]))
    assert edition.programme is None
    (fault,) = edition.faults
    assert (
        '（编号 02）改了名称？是的，请在这里写 id: "02"；另是一件新的，请写 id: "04"'
        in fault.message
    )
    lines = source(now).decode().splitlines()
    assert lines[fault.line - 1].lstrip("- ").startswith("name: ")


def test_the_asked_item_is_settled_by_its_id() -> None:
    for id_ in ("02", "04"):
        now: list[Item] = [{"name": "实施心理健康关爱服务", "id": id_}, A, C]
        assert ids(now, [A, B, C]) == [id_, "01", "03"]


def targets(*names: str) -> Item:
    return {"name": A, "targets": [{"name": n, "goal": 3, "measure": "所"} for n in names]}


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (["幼儿园", "中小学"], ["中小学", "幼儿园"], ["2", "1"]),
        (["幼儿园", "中小学"], ["幼儿园", "职工书屋", "中小学"], ["1", "3", "2"]),
        (["幼儿园", "中小学"], ["中小学"], ["2"]),
        (["新建幼儿园", "中小学"], ["新改扩建幼儿园", "中小学"], ["1", "2"]),
    ],
    ids=["reordered", "put in", "removed", "reworded"],
)
def test_targets_keep_their_ids(before: list[str], now: list[str], expected: list[str]) -> None:
    edition = load_edition(source([targets(*now)]), ["annex"], known([targets(*before)]))
    assert edition.programme, edition.faults
    assert [t.id for t in edition.programme.items[0].targets] == expected


def test_before_any_form_went_out_ids_are_the_numbers() -> None:
    edition = load_edition(source([C, A]), ["annex"], ())
    assert edition.programme
    assert ([i.id for i in edition.programme.items], edition.notes) == (["01", "02"], ())
