"""A workbook with the figures of a published report (文档 004) in the official layout; the words are ours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from desktop.exchange.cell_address import address_of
from desktop.exchange.file_kind import FileKind
from desktop.exchange.read_sheet.grid import Cell, Grid
from desktop.exchange.read_sheet.workbook import Workbook

UNIT = "清河区应急管理局"

Rows = list[list[Any]]

SPECIAL: Rows = [
    ["隐患整治", 196.41, 0, 83.7],
    ["消防站建设", 263.41, 0, 809.11],
    ["灾害普查", 60.67, 0, 0],
    ["隔离点", 56.75, 0, 0],
    ["装备购置", 58.98, 0, 0],
    ["防汛", 12.22, 0, 0],
    ["物资仓库", 100.32, 0, 31.57],
    ["救援经费", 86.27, 0, 0],
    ["社会保险支出", 0, 0, 52.86],
    ["制服支出", 0, 0, 55.34],
    ["编外人员经费", 0, 0, 9.52],
    ["伙食补助", 0, 0, 1.27],
    ["社保费", 0, 0, 10.07],
    ["绩效奖", 0, 0, 49.82],
    ["其他支出", 0, 0, 3.38],
]


def annex1() -> Rows:
    return [
        ["2023年度预算单位整体支出绩效评价基础数据表"],
        ["预算单位名称", UNIT],
        ["财政供养人员情况(人)", "编制数", "2023年实际在职人数", "控制率"],
        [None, 49, 47, "100%"],
        ["经费控制情况(万元)", "2022年决算数", "2023年预算数", "2023年决算数"],
        ["三公经费", 4.8, 3.3, 2.98],
        ["1、公务用车购置和维护经费", 4.8, 3, 2.93],
        ["其中：公车购置", 0, 0, 0],
        ["公车运行维护", 4.8, 3, 2.93],
        ["2、出国经费", 0, 0, 0],
        ["3、公务接待", 0, 0.3, 0.05],
        ["项目支出：", 923.8, 83, 1194.6],
        ["1、业务工作经费", 83.97, 80, 74.99],
        ["2、运行维护经费", 4.8, 3, 2.94],
        ["3、区级专项资金(一个专项一行)"],
        *[list(row) for row in SPECIAL],
        ["4、上级转移支付(一个专项一行）"],
        ["省级预防专项", 0, 0, 10],
        ["公用经费", 84.78, 81, 77.23],
        ["其中：办公经费", 14.24, 12, 5.67],
        ["水费、电费、差旅费", 11.81, 10.5, 11.4],
        ["会议费、培训费", 1.56, 1.8, 0.71],
        ["政府采购金额", 960.33, 678.99, 208.64],
        ["部门基本支出预算调整", 0, 0, 0],
        ["楼堂馆所控制情况\n(2023年完工项目)", "批复规模\n(m²)", "实际规\n模(m²)", "规模控制率",
         "预算投资\n(万元)", "实际\n投资\n(万元)", "投资概\n算控制\n率"],
        [None, 0, 0, 0, 0, 0, 0],
        ["厉行节约保障措施", "公务用车统一调度。"],
        ["说明：“项目支出”填报基本支出以外的支出。"],
        ["单位负责人签字：           填表人：          联系电话：              填报日期："],
    ]  # fmt: skip


def annex2() -> Rows:
    head = [None, None, "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "自评得分"]
    return [
        ["附件 2"],
        ["2023 年度预算单位整体支出绩效自评表"],
        ["预算单位名称", None, UNIT],
        ["年度预  算申请  （万元）", *head[1:]],
        [None, "年度资金总额", 805.63, 1818.34, 1818.34, 10, "100%", 10],
        [None, "按收入性质分：1818.34", None, None, "按支出性质分：1818.34"],
        [None, "其中：  一般公共预算：1812.08", None, None, "其中：基本支出：623.74"],
        [None, "政府性基金拨款：", None, None, "项目支出：1194.6"],
        [None, "纳入专户管理的非税收入拨款："],
        [None, "其他资金：6.26"],
        ["年度总体 目标", "预期目标", None, None, "实际完成情况"],
        [None, "守住安全底线。", None, None, "全部完成。"],
        _indicator_heads("年度指标值", "实际完成值"),
        [None, "产出指标\n(50 分)", "数量指标", "检查隐患", "≤3755个", "=3755个", 10, 10],
        [None, None, None, "事故起数", "≤1起", "1起", 10, 10],
        [None, None, "质量指标", "省市先进", "2023年", "已完成", 10, 10],
        [None, None, None, "优秀单位", "2023年", "已完成", 10, 10],
        [None, None, "时效指标", "计划执法", "2023年", "完成", 5, 5],
        [None, None, "成本指标", "控制支出", "≤1818.34万元", "≤1818.34万元", 5, 5],
        [None, "效益指标\n（30 分）", "经济效\n益指标", "无较大事故", "0起", "0起", 10, 10],
        [None, None, "社会效\n益指标", "知晓率", "=90%", "=90%", 10, 10],
        [None, None, "可持续影响指标", "培训纳入课程", "2023年", "完成", 10, 10],
        [None, "满意度\n指标\n（10 分）", "服务对象\n满意度指\n标", "群众满意度", "90%", "90%", 10, 10],
        [None, "总分", None, None, None, None, 100, 100],
        ["单位负责人签字：           填表人：          联系电话：            填报日期："],
    ]


def _indicator_heads(target: str, actual: str) -> list[Any]:
    return ["绩效指标", "一级指标", "二级指标", "三级指标", target, actual, "分值", "自评得分",
            "偏差原因分析及改进措施"]  # fmt: skip


def annex3(name: str = "业务工作经费") -> Rows:
    return [
        ["附件 3"],
        ["2023 年度项目支出绩效自评表"],
        ["项目支出名称", None, name],
        ["主管部门", None, "清河区政府", None, "实施单位", None, UNIT],
        ["项目资金（万元）", None, "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "自评得分"],
        [None, "年度资金总额", 83, 74.99, 74.99, 10, "90%", 10],
        [None, "其中：当年财政拨款", 83, 74.99, 74.99, 10, "90%", 10],
        [None, "上年结转资金"],
        [None, "其他资金"],
        ["年度\n总体\n目标", "预期目标", None, None, "实际完成情况"],
        [None, "完成执法检查。", None, None, "已经完成。"],
        _indicator_heads("年度\n指标值", "实际\n完成值"),
        [None, "产出指标\n(50分)", "数量指标", "检查重大隐患", "≤2399个", "2395个", 10, 10],
        [None, None, None, "应对灾害天气", "≤≤15轮", "=15轮", 10, 10],
        [None, None, "质量指标", "隐患整治率", "100%", "100%", 10, 10],
        [None, None, None, "移送案件", "≤2起", "=2起", 10, 10],
        [None, None, "时效指标", "举办活动", "按时举办", "按时举办", 5, 5],
        [None, None, None, "入户宣传", "12月份", "12月份", 5, 5],
        [None, None, "成本指标", "按预算执行", "≤74.99万元", "=74.99万元", 5, 5],
        [None, "效益指标\n（30分）", "经济效\n益指标", "未发生火灾", "=0起", "0", 10, 10],
        [None, None, "社会效\n益指标", "宣传知晓率", "=90%", "90%", 10, 10],
        [None, None, "生态效\n益指标"],
        [None, None, "可持续影响指标", "长效管理", "建立机制", "开展活动", 10, 10],
        [None, "满意度\n指标\n（10分）", "服务对象\n满意度指\n标", "工作满意度", "≥90%", "=90%", 10, 10],
        [None, None, None, "……"],
        [None, "总分", None, None, None, None, 100, 100],
        ["单位负责人签字：             填表人：          联系电话：            填报日期："],
    ]


def grid(
    name: str,
    rows: Sequence[Sequence[Any]],
    merged: Sequence[tuple[int, int, int, int]] = (),
    *,
    down: int = 0,
    right: int = 0,
) -> Grid:
    """Rows as a Grid, moved down and right; None is an empty cell, floats become what Excel would show."""
    cells: dict[tuple[int, int], Cell] = {}
    for r, row in enumerate(rows, down):
        for c, value in enumerate(row, right):
            if isinstance(value, Cell):
                cells[r, c] = replace(value, address=address_of(r, c))
            elif value is not None and value != "":
                number = isinstance(value, (int, float)) and not isinstance(value, bool)
                cells[r, c] = Cell(Decimal(str(value)) if number else value, address_of(r, c))
    into = {
        (r, c): (top + down, left + right)
        for top, left, bottom, last in merged
        for r in range(top + down, bottom + down + 1)
        for c in range(left + right, last + right + 1)
        if (r, c) != (top + down, left + right)
    }
    spans = tuple((t + down, le + right, b + down, la + right) for t, le, b, la in merged)
    n_rows, n_cols = max(r for r, _ in cells) + 1, max(c for _, c in cells) + 1
    return Grid(name, cells, spans, into, n_rows, n_cols)


def book(*grids: Grid, kind: FileKind = FileKind.XLSX) -> Workbook:
    return Workbook(tuple(grids), (), kind)


def published(
    change: Callable[[str, Rows], Rows] = lambda name, rows: rows, *, down: int = 0, right: int = 0
) -> Workbook:
    """The three annexes on three sheets. `change` gets each sheet's name and rows, and gives other rows."""
    sheets = (("附件1", annex1()), ("附件2", annex2()), ("附件3", annex3()))
    return book(*(grid(name, change(name, rows), down=down, right=right) for name, rows in sheets))
