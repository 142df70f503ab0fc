"""Forms as the smallest web pages that show a thing, and what the import makes of them."""

from __future__ import annotations

from desktop.domain.facts import FactSheet
from desktop.exchange.import_plan import ImportPlan
from desktop.exchange.import_report.report_import import plan_document
from desktop.exchange.read_text.html import page_lines
from tests.exchange.made_reports import TEMPLATES
from tests.exchange.planning import after

ANNEX1 = "<p>2023年度预算单位整体支出绩效评价基础数据表</p><p>单位：万元</p>"
ANNEX2 = "<p>2023年度部门整体支出绩效自评表</p>"
ANNEX3 = "<p>2023年度项目支出绩效自评表</p>"
SIGNED = "<p>单位负责人签字：　填表人：李晓明　联系电话：0735-5550101　填报日期：2024年4月2日</p>"
HEADS = "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|自评得分|偏差原因"


def plan_of(page: str) -> ImportPlan:
    return plan_document(page_lines(page), FactSheet(TEMPLATES, {}, 2023))


def facts_of(page: str) -> dict[str, str]:
    """What a page's form would write, by `row column`; rows of indicators and projects by their number."""
    told = {f"{key.row} {key.column}": text for key, text in after(plan_of(page)).items() if text}
    return {key: text for key, text in told.items() if not key.endswith((" order", " name", " _order"))}


def told(page: str) -> str:
    return "\n".join(f"{problem.where} {problem.message}" for problem in plan_of(page).problems)


def table(*rows: str) -> str:
    """Rows of cells parted by strokes; `2x甲` spans two columns, `2y甲` two rows."""
    return "<table>" + "".join(f"<tr>{''.join(map(_cell, row.split('|')))}</tr>" for row in rows) + "</table>"


def _cell(text: str) -> str:
    if text[1:2] not in ("x", "y"):
        return f"<td>{text}</td>"
    return f"<td {'colspan' if text[1] == 'x' else 'rowspan'}={text[0]}>{text[2:]}</td>"
