"""Blanks between signs that a scan's reading left are closed up, and typed ones are kept."""

from __future__ import annotations

import pytest

from desktop.exchange.import_report.file_body.spread_blanks import closed_up


@pytest.mark.parametrize(
    ("spread", "closed"),
    [
        ("（一）预 算 编 制", "（一）预算编制"),
        ("按 照 通 知 要 求，我局开展了自评。", "按照通知要求，我局开展了自评。"),
        ("依据人 员 编 制 和 定 额测算。", "依据人员编制和定额测算。"),
        ("森林、湿 地、水 等 自 然 资 源管理。", "森林、湿地、水等自然资源管理。"),
        ("执 行 率 为９５．２％", "执行率为９５．２％"),
        ("单 位 名 称　张三 李四", "单位名称　张三 李四"),
    ],
)
def test_three_signs_alone_between_blanks_are_closed_up(spread: str, closed: str) -> None:
    assert closed_up(spread) == closed


@pytest.mark.parametrize(
    "text", ["张三 李四", "王 强", "目  录", "2024 年 4 月 1 日", "项目  金额  备注", "见 附件 1"]
)
def test_other_blanks_stay(text: str) -> None:
    assert closed_up(text) == text
