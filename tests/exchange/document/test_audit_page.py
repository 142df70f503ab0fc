"""The page 核对情况: every finding with what was written to it, or that there is none."""

from __future__ import annotations

from desktop.exchange.document.audit_page import AuditLine, audit_page
from desktop.exchange.document.blocks import PageBreak, plain_text


def test_findings_and_explanations_stand_side_by_side() -> None:
    lines = [AuditLine("错误", "执行率应为80%", ""), AuditLine("核实", "三公经费超过预算", "接待任务增加。")]
    page = audit_page(lines)
    assert page[0] == PageBreak()
    said = plain_text(page)
    assert "共有2处需要改正或者核实，其中1处已作说明" in said
    assert said.index("三公经费超过预算") < said.index("接待任务增加。")


def test_nothing_found_is_said() -> None:
    assert "没有发现问题" in plain_text(audit_page([]))
