"""The three forms of a made-up unit, and the ways in which published pages lose their grid."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

from desktop.audit.auditing import ByCells, audited
from desktop.audit.finding import Finding
from desktop.domain.all_templates import Templates
from desktop.exchange.import_forms.forms_in_report import read_by_cells
from desktop.exchange.read_text.lines import DocumentLine

Rows = Sequence[Sequence[str]]

UNIT = "清溪县水利局"

ANNEX1: Rows = [
    ["2023年度预算单位整体支出绩效评价基础数据表"],
    ["预算单位名称", UNIT],
    ["财政供养人员情况(人)", "编制数", "2023年实际在职人数", "控制率"],
    ["", "62", "59", "95.16%"],
    ["经费控制情况(万元)", "2022年决算数", "2023年预算数", "2023年决算数"],
    ["三公经费", "9.4", "9", "8.12"],
    ["1、公务用车购置和维护经费", "6.2", "6", "5.61"],
    ["其中：公车购置", "0", "0", "0"],
    ["公车运行维护", "6.2", "6", "5.61"],
    ["2、出国经费", "0", "0", "0"],
    ["3、公务接待", "3.2", "3", "2.51"],
    ["项目支出：", "1,204.5", "980", "1056.3"],
    ["1、业务工作经费", "112.3", "120", "118.45"],
    ["2、运行维护经费", "40.2", "40", "38.6"],
    ["3、县级专项资金(一个专项一行)", "", "", ""],
    ["小型水库除险加固", "602", "480", "511.25"],
    ["灌区节水改造", "310", "340", "323"],
    ["4、上级转移支付(一个专项一行）", "", "", ""],
    ["2023年中央水利救灾资金", "140", "0", "65"],
    ["公用经费", "96.4", "95", "91.37"],
    ["其中：办公经费", "20.1", "20", "18.66"],
    ["水费、电费、差旅费", "31.2", "30", "28.4"],
    ["会议费、培训费", "4.1", "5", "4.35"],
    ["政府采购金额", "402.5", "420", "401.18"],
    ["部门基本支出预算调整", "0", "0", "12.4"],
    ["楼堂馆所控制情况\n(2023年完工项目)", "批复规模\n(m²)", "实际规\n模(m²)", "规模控制率",
     "预算投资\n(万元)", "实际\n投资\n(万元)", "投资概\n算控制\n率"],
    ["防汛物资仓库", "800", "790", "98.75%", "210", "204.6", "97.43%"],
    ["厉行节约保障措施", "公务用车统一调度，办公用品集中采购。"],
    ["说明：“项目支出”填报基本支出以外的支出。"],
    ["单位负责人签字：李明远  填表人：王秀兰  联系电话：0735-5550101  填报日期：2024年4月2日"],
]  # fmt: skip

_FUND_HEADS = ["年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "自评得分"]
_GRID_HEADS = ["绩效指标", "一级指标", "二级指标", "三级指标", "年度\n指标值", "实际\n完成值", "分值",
               "自评得分", "偏差原因分析及改进措施"]  # fmt: skip

ANNEX2: Rows = [
    ["附件 2"],
    ["2023 年度预算单位整体支出绩效自评表"],
    ["预算单位名称", UNIT],
    ["年度预  算申请（万元）", "", *_FUND_HEADS],
    ["", "年度资金总额", "1860.5", "1985.2", "1936.4", "10", "97.54%", "9.75"],
    ["", "按收入性质分：1936.4", "按支出性质分：1936.4"],
    ["", "其中：一般公共预算：1871.4", "其中：基本支出：880.1"],
    ["", "政府性基金拨款：65", "项目支出：1056.3"],
    ["", "纳入专户管理的非税收入拨款：", ""],
    ["", "其他资金：", ""],
    ["年度总体目标", "预期目标", "实际完成情况"],
    ["", "完成水库除险加固，保障灌溉。", "除险加固全部完成，灌溉得到保障。"],
    _GRID_HEADS,
    ["", "产出指标\n(50 分)", "数量指标", "除险加固水库座数", "≥12座", "13座", "15", "15", ""],
    ["", "", "", "改造渠道长度", "≥30公里", "27公里", "10", "9", "征地推迟。下一年度先征地后招标。"],
    ["", "", "质量指标", "工程验收合格率", "≥95%", "100%", "15", "15", ""],
    ["", "", "时效指标", "汛前完工时间", "4月30日前", "4月18日", "5", "5", ""],
    ["", "", "成本指标", "工程总投资", "≤520万元", "511.25万元", "5", "5", ""],
    ["", "效益指标\n（30分）", "社会效\n益指标", "改善灌溉面积", "≥2.4万亩", "2.5万亩", "15", "15", ""],
    ["", "", "可持续影响指标", "管护制度", "建立健全", "已建立健全", "15", "15", ""],
    [
        "",
        "满意度\n指标\n（10分）",
        "服务对象\n满意度指\n标",
        "受益群众满意度",
        "≥90%",
        "93.5%",
        "10",
        "10",
        "",
    ],
    ["总分", "100", "98.75", ""],
    ["单位负责人签字：李明远  填表人：王秀兰  联系电话：0735-5550101  填报日期：2024年4月2日"],
]


def annex3(name: str, budget: str, amount: str) -> Rows:
    return [
        ["附件3"],
        ["2023年度项目支出绩效自评表"],
        ["项目支出名称", name],
        ["主管部门", UNIT, "实施单位", UNIT],
        ["项目资金（万元）", "", *_FUND_HEADS],
        ["", "年度资金总额", budget, amount, amount, "10", "100%", "10"],
        ["", "其中：当年财政拨款", budget, amount, amount, "", "100%", ""],
        ["", "上年结转资金", "", "", "", "", "", ""],
        ["", "其他资金", "", "", "", "", "", ""],
        ["年度\n总体\n目标", "预期目标", "实际完成情况"],
        ["", "按期完工。", "已按期完工。"],
        _GRID_HEADS,
        ["", "产出指标\n(50分)", "数量指标", "完成工程处数", "≥6处", "6处", "20", "20", ""],
        ["", "", "质量指标", "验收合格率", "=100%", "100%", "20", "20", ""],
        ["", "", "时效指标", "完工及时率", "≥90%", "95%", "10", "10", ""],
        ["", "效益指标\n（30分）", "社会效\n益指标", "保护耕地面积", "≥1.2万亩", "1.3万亩", "30", "30", ""],
        ["", "", "生态效\n益指标", "", "", "", "", "", ""],
        ["", "满意度\n指标\n（10分）", "服务对象\n满意度指\n标", "农户满意度", "≥90%", "92%", "10", "10", ""],
        ["", "", "", "……", "", "", "", "", ""],
        ["总分", "100", "100", ""],
        ["单位负责人签字：        填表人：        联系电话：        填报日期："],
    ]  # fmt: skip


FORMS = (ANNEX1, ANNEX2, annex3("小型水库除险加固", "480", "511.25"), annex3("灌区节水改造", "340", "323"))
BODY = """
2023年度清溪县水利局部门整体支出绩效自评报告
一、单位基本情况
我局编制62人，年末在职59人。
"""


def tabbed(rows: Rows) -> str:
    """A tab before each cell, an empty line after each row; titles and remarks stand alone."""
    parts = []
    for row in rows:
        if len(row) == 1:
            parts.append(row[0] + "\n\n")
        else:
            parts.append("".join(f"\t{cell}\n" for cell in row) + "\n")
    return "".join(parts)


def separated(rows: Rows) -> str:
    """Cells of a row on one line with tabs between them."""
    return "".join("\t".join(cell.replace("\n", "") for cell in row) + "\n" for row in rows)


def ruled(rows: Rows) -> str:
    """A table as Markdown draws it."""
    lines = []
    for row in rows:
        cells = [cell.replace("\n", "") for cell in row]
        lines.append(cells[0] if len(row) == 1 else "| " + " | ".join(cells) + " |\n|---|---|---|")
    return "\n".join(lines) + "\n"


def one_a_line(rows: Rows) -> str:
    """Each cell on its own line, empty cells lost, labels broken as the grid broke them."""
    return "".join(f"{cell}\n" for row in rows for cell in row if cell)


def spaced(rows: Rows) -> str:
    """The cells of a row joined by blanks; a long rate is broken after its point."""
    lines = []
    for row in rows:
        line = " ".join(cell.replace("\n", "") for cell in row if cell)
        lines.append(re.sub(r"(?<= \d\d\.)(?=\d\d%$)", "\n", line))
    return "\n".join(lines) + "\n"


def cells_of(raw: str) -> ByCells:
    """What a text file gives the audit: the cells that its tabs and strokes tell."""
    return partial(read_by_cells, [DocumentLine(line) for line in raw.split("\n")])


def audit_of(raw: str, templates: Templates) -> list[Finding]:
    """The findings over a text file."""
    return audited(raw, templates=templates, by_cells=cells_of(raw)).findings


LAYOUTS: dict[str, Callable[[Rows], str]] = {
    "tabbed": tabbed,
    "separated": separated,
    "ruled": ruled,
    "one_a_line": one_a_line,
    "spaced": spaced,
}


def report(layout: Callable[[Rows], str], forms: Sequence[Rows] = FORMS, body: str = BODY) -> str:
    return "\n".join(layout(rows) for rows in forms) + body
