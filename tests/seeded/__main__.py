"""python -m tests.seeded [--show]: what the checks find in the seeded cases and sentences."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Sequence

from shishi_xl.catalogue import RULES

from .returns import Seeded, clean_returns, seeded_cases
from .sentences import SENTENCES, judge, load_sentences


def main(show: bool) -> None:
    """A line for each rule, then the sums; with `show` also the cases that went wrong."""
    cases: dict[str, list[Seeded]] = defaultdict(list)
    for case in seeded_cases():
        cases[case.code].append(case)
    print("代码 级别  应查出 查出  无误例 误报  名称")
    for code, own in sorted(cases.items()):
        _print_rule(code, own, show)
    _print_sums([c for own in cases.values() for c in own])
    _print_clean(show)
    for name in SENTENCES:
        count = judge(load_sentences(name))
        right = f"找对 {count.right} 个（{count.found:.1%}）"
        wrong = f"配错 {count.wrong} 个（{count.false:.1%}）"
        print(f"{name}：文中数字 {count.expected} 个，{right}，{wrong}")


def _print_rule(code: str, cases: Sequence[Seeded], show: bool) -> None:
    faulty = [c for c in cases if c.expected]
    innocent = [c for c in cases if not c.expected]
    missed = [c for c in faulty if c.expected not in c.found]
    false = [c for c in innocent if code in {found for _, found in c.found}]
    rule = RULES[code]
    counts = f"{len(faulty):6} {len(faulty) - len(missed):4}  {len(innocent):6} {len(false):4}"
    print(f"{code}  {rule.grade}  {counts}  {rule.title}")
    for case in (*missed, *false) if show else ():
        print(f"      {case.words}  应为 {case.expected}，得到 {case.found}")


def _print_sums(cases: Sequence[Seeded]) -> None:
    faulty = [c for c in cases if c.expected]
    innocent = [c for c in cases if not c.expected]
    grave = sum(any(RULES[code].grade == "强制" for _, code in c.found) for c in innocent)
    false = sum(c.code in {code for _, code in c.found} for c in innocent)
    print(f"应查出 {len(faulty)} 例，查出 {sum(c.expected in c.found for c in faulty)} 例")
    print(f"无误例 {len(innocent)} 例，误报 {false} 例，其中强制 {grave} 例")


def _print_clean(show: bool) -> None:
    clean = list(clean_returns())
    asked = [(text, found) for text, found in clean if found]
    print(f"整行无误的 {len(clean)} 例，误报 {len(asked)} 例")
    for text, found in asked if show else ():
        print(f"      {text} {found}")


if __name__ == "__main__":
    main("--show" in sys.argv)
