"""The history of a report as an Excel list: one line for each cell that a step changed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktop.exchange.excel_out.list_sheet import ListKind, write_list

HEADS = ("时间", "谁", "做了什么", "项目", "原值", "新值")
KIND = ListKind(
    sheet="修改记录",
    heads=HEADS,
    widths=(20, 14, 34, 40, 40, 40),
    nothing="没有修改记录",
    told_in=2,
)


def write_history(path: Path, title: str, lines: Sequence[Sequence[str]]) -> None:
    """Lines as `HEADS` says. UserError from the disk."""
    write_list(path, KIND, title, lines)
