"""The findings of an audit as an Excel list, to be handed round and ticked off."""

from __future__ import annotations

from desktop.exchange.excel_out.list_sheet import ListKind

INKS = {"错误": "B3261E", "核实": "8A5A00", "提示": "5B6878"}
KIND = ListKind(
    sheet="核对结果",
    heads=("级别", "规则", "位置", "内容", "建议", "说明"),
    widths=(15, 24, 30, 64, 18, 40),
    nothing="没有发现问题",
    told_in=3,
    inks=INKS,
)
