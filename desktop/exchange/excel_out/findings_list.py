"""The findings of an audit as an Excel list, to be handed round and ticked off."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktop.exchange.excel_out.list_sheet import ListKind, write_list

HEADS = ("级别", "规则", "位置", "内容", "建议", "说明")
KIND = ListKind(
    sheet="核对结果",
    heads=HEADS,
    widths=(15, 24, 30, 64, 18, 40),
    nothing="没有发现问题",
    told_in=3,
    inks={"错误": "B3261E", "核实": "8A5A00", "提示": "5B6878"},
)


def write_audit_list(path: Path, title: str, lines: Sequence[Sequence[str]]) -> None:
    """One line a finding, as `HEADS` says. UserError from the disk."""
    write_list(path, KIND, title, lines)
