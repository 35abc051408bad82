"""python -m tests.seeded: what the checks find in the seeded cases and in the sentences, as a table."""

from __future__ import annotations

import sys
from collections import defaultdict

from shishi_xl.catalogue import RULES

from .returns import Seeded, clean_returns, seeded_cases
from .sentences import SENTENCES, judge, load_sentences


def main(show: bool) -> None:
    """A line for each rule; with --show also the cases that went wrong."""
    cases: dict[str, list[Seeded]] = defaultdict(list)
    for case in seeded_cases():
        cases[case.code].append(case)
    print("代码 级别  应查出 查出  无误例 误报  名称")
    for code, own in sorted(cases.items()):
        true = [c for c in own if c.expected]
        innocent = [c for c in own if not c.expected]
        found = sum(c.expected in c.found for c in true)
        false = sum(any(f == code for _, f in c.found) for c in innocent)
        rule = RULES[code]
        print(
            f"{code}  {rule.grade}  {len(true):6} {found:4}  {len(innocent):6} {false:4}  {rule.title}"
        )
        if show:
            for c in own:
                wrong = c.expected not in c.found if c.expected else code in {f for _, f in c.found}
                if wrong:
                    print(f"      {c.words}  应为 {c.expected}，得到 {c.found}")
    every = [c for own in cases.values() for c in own]
    innocent = [c for c in every if not c.expected]
    must = sum(any(RULES[f].grade == "强制" for _, f in c.found) for c in innocent)
    print(
        f"应查出 {sum(bool(c.expected) for c in every)} 例，查出 {sum(c.expected in c.found for c in every if c.expected)} 例"
    )
    print(f"无误例 {len(innocent)} 例，误报强制 {must} 例")
    clean = list(clean_returns())
    disturbed = [(text, found) for text, found in clean if found]
    print(f"整行无误的 {len(clean)} 例，误报 {len(disturbed)} 例")
    for text, wrong in disturbed if show else ():
        print(f"      {text} {wrong}")
    for name in SENTENCES:
        count = judge(load_sentences(name))
        print(
            f"{name}：文中数字 {count.expected} 个，找对 {count.right} 个（{count.found:.1%}），配错 {count.wrong} 个（{count.false:.1%}）"
        )


if __name__ == "__main__":
    main("--show" in sys.argv)
