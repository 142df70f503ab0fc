"""The page 核对情况: every finding with what was written to it, or that there is none."""

from __future__ import annotations

from desktop.exchange.document.audit_page import AuditLine, audit_page
from desktop.exchange.document.blocks import PageBreak
from tests.exchange.block_text import plain_text


def test_audit_page_lists_findings_with_their_explanations() -> None:
    lines = [AuditLine("错误", "执行率应为80%", ""), AuditLine("核实", "三公经费超过预算", "接待任务增加。")]
    page = audit_page(lines)
    assert page[0] == PageBreak()
    said = plain_text(page)
    assert "共有2处需要改正或者核实，其中1处已作说明" in said
    assert said.index("三公经费超过预算") < said.index("接待任务增加。")


def test_audit_page_without_findings_says_so() -> None:
    assert "没有发现问题" in plain_text(audit_page([]))
