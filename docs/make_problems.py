"""The catalogue of problem codes → docs/problems.md. Run it after a change of the catalogue."""

from __future__ import annotations

from pathlib import Path

import jinja2

from shishi_xl.catalogue import GROUPS, RULES
from shishi_xl.problems import Rule

PAGE = Path(__file__).with_name("problems.md")

_TEMPLATE = """\
# 问题代码

本页由 `shishi_xl/catalogue/` 生成（`python docs/make_problems.py`），请勿直接修改。

- **强制**：必须由单位更正。
- **核实**：单位说明理由后可以成立。
- **提示**：供参考，可不处理。
- 级别和界限可以在 items.yaml 的 `checks` 里改，如 `checks: {D07: 提示, C03: 关闭, N09: {times: 8}}`；须人定的除外。
- 标“须人定”的，由经办人核实之前，该文件或该行不计入汇总，状态为“待确认”。
{% for letter, name in groups.items() %}
## {{ letter }} {{ name }}
{% for rule in rules if rule.code.startswith(letter) %}
### {{ rule.code }} {{ rule.title }}（{{ rule.grade }}{{ "，须人定" if rule.asks }}）

{{ why(rule) }}

- 提示语：{{ words(rule.message) }}
- 怎么办：{{ words(rule.advice) }}
{%- for name, limit in rule.limits.items() %}
- 界限 `{{ name }}`：{{ limit.meaning }}；不写时是 {{ limit.default }}
{%- endfor %}
{% endfor %}
{%- endfor %}"""


def render_page() -> str:
    """The page as Markdown; what a message fills in is shown as …."""
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, keep_trailing_newline=True)
    template = environment.from_string(_TEMPLATE)
    return template.render(groups=GROUPS, rules=RULES.values(), words=_with_dots, why=_why)


def _why(rule: Rule) -> str:
    return rule.why.format_map({name: limit.default for name, limit in rule.limits.items()})


def _with_dots(message: str) -> str:
    class Dots(dict[str, str]):
        def __missing__(self, key: str) -> str:
            return "…"

    return message.format_map(Dots())


if __name__ == "__main__":
    PAGE.write_text(render_page(), "utf-8", newline="\n")
