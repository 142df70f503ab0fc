"""Where each rule stands: `docs/rules.md`, written by `python -m tests.rule_places` and kept true by `test_registry.py`."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from desktop.audit import auditing
from desktop.audit.cell_problems import CELL_CHECKS, CODE_OF
from desktop.audit.table_audit import TABLE_CHECKS
from desktop.audit.text_audit import CHECKS
from desktop.domain.all_templates import Templates
from desktop.resource_files.rule_pages import RulePage, load_rule_pages
from desktop.resource_files.templates import load_templates
from tests.places import RESOURCES, ROOT

PLACE = ROOT / "docs" / "rules.md"
_HEAD = """\
# Where each rule stands

A code says what a rule finds (`docs/domain.md 5`), not where it stands: that, this table says. It is written by
`python -m tests.rule_places` out of what is registered; `tests/audit/test_registry.py` fails where it is out of date.

“Beside” are modules that write the code too: they report under it, or ask what the rule found.

| code | what it is called | level | stands in | beside |
|---|---|---|---|---|
"""
_RELATIONS = "resources/forms/annexes-2023/checks.toml"
_CAUSES = "desktop/audit/cell_problems.py:CODE_OF"


def table() -> str:
    """The whole document: a line for each rule that has a page."""
    pages, written = load_rule_pages(RESOURCES), _modules_that_write()
    registered = _registered(load_templates(RESOURCES))
    lines = []
    for code in sorted(pages, key=_order):
        here = registered.get(code, "")
        others = [name for name in written[code] if name != here.partition(":")[0]]
        if not here:  # said by another rule: `R10c`
            here, *others = others
        lines.append(_line(pages[code], here, others))
    return _HEAD + "".join(lines)


def _line(page: RulePage, here: str, others: list[str]) -> str:
    beside = ", ".join(f"`{name}`" for name in others)
    return f"| {page.code} | {page.name} | {page.level} | `{here}` | {beside} |\n"


def _registered(templates: Templates) -> Mapping[str, str]:
    """Code -> the file and the function; of a relation and of what the scores notice the place where it is named."""
    places = dict.fromkeys(CODE_OF.values(), _CAUSES)
    places |= dict.fromkeys((relation.code for relation in templates.checks), _RELATIONS)
    for checks in (CHECKS, TABLE_CHECKS, CELL_CHECKS):
        for code, check in checks.items():
            places[code] = f"{check.run.__module__.replace('.', '/')}.py:{check.run.__name__}"
    return places


def _modules_that_write() -> Mapping[str, list[str]]:
    """Code -> the modules of the audit in which it stands as a string."""
    written: dict[str, list[str]] = defaultdict(list)
    for path in sorted(Path(str(auditing.__file__)).parent.rglob("*.py")):
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for word in {node.value for node in nodes if isinstance(node, ast.Constant)}:
            if isinstance(word, str):
                written[word].append(path.relative_to(ROOT).as_posix())
    return written


def _order(code: str) -> tuple[int, int, str]:
    """R before J before C, then by number: R9g, R10, R10c."""
    letter, number, part = re.fullmatch(r"([RJC])(\d+)(\w*)", code).groups()  # type: ignore[union-attr]
    return "RJC".index(letter), int(number), part


if __name__ == "__main__":
    PLACE.write_text(table(), encoding="utf-8")
