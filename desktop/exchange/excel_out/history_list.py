"""The history of a report as an Excel list: one line for each cell that a step changed."""

from __future__ import annotations

from desktop.exchange.excel_out.list_sheet import ListKind

KIND = ListKind(
    sheet="修改记录",
    heads=("时间", "谁", "做了什么", "项目", "原值", "新值"),
    widths=(20, 14, 34, 40, 40, 40),
    nothing="没有修改记录",
    told_in=2,
)
