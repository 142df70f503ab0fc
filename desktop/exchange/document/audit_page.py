"""The page 核对情况 behind the report: what is still wrong, and what stands as it is and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from desktop.exchange.document.blocks import Block, Cell, PageBreak, TableBlock, Title, body

_WIDTHS = (10.0, 14.0, 76.0, 60.0)
"""Relative; sentences are long, levels two characters."""
_HEADS = ("序号", "级别", "内容", "说明")


class AuditLine(NamedTuple):
    """One finding as it is printed; `explanation` is '' where nobody has written one."""

    level: str
    message: str
    explanation: str


def audit_page(lines: Sequence[AuditLine]) -> list[Block]:
    """A page of its own; that nothing was found is said, too."""
    page: list[Block] = [PageBreak(), Title("核对情况", annex=True)]
    if not lines:
        return [*page, body("经核对，没有发现问题。")]
    explained = sum(bool(line.explanation) for line in lines)
    summary = f"经核对，共有{len(lines)}处需要改正或者核实"
    summary += f"，其中{explained}处已作说明。" if explained else "。"
    rows = [tuple(map(Cell, _HEADS))]
    for number, line in enumerate(lines, 1):
        texts = (Cell(line.message, align="left"), Cell(line.explanation, align="left"))
        rows.append((Cell(str(number)), Cell(line.level), *texts))
    return [*page, body(summary), TableBlock(_WIDTHS, tuple(rows), header_rows=1)]
