"""Made-up reports in the styles in which units write them: other outlines, broken numbers, other words."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.exchange.read_text.lines import DocumentLine
from desktop.resource_files.templates import load_templates
from tests.audit.annex_layouts import ANNEX1, ANNEX2, annex3, one_a_line, spaced
from tests.places import RESOURCES

TEMPLATES = load_templates(RESOURCES)
UNIT = "清溪县水利局"
FORMS = (ANNEX1, ANNEX2, annex3("小型水库除险加固", "480", "511.25"))

BROKEN = f"""2023年度{UNIT}部门整体支出绩效自评报告
1、 单位基本情况
（1） 职能职责
1、负责全县水资源管理。
2、负责防汛抗旱。
（二）机构设置。内设6个股室，编制62人。
二、 一般公共预算支出情况
（一）基本支出情况：基本支出880.1万元。
（2） 项目支出情况
项目支出1056.3万元。
1.小型水库除险加固511.25万元。
三、政府性基金预算支出情况
支出65万元。
6、 单位整体支出绩效情况
（一）夯实防汛基础，保障安全度汛。全年巡查36次。
（二）推进工程建设
完成除险加固13座。
七、存在的问题及原因分析
征地推迟。
8、 下一步改进措施
先征地后招标。
绩效自评结果拟应用和公开情况
结果已在门户网站公开。
10、 其他需要说明的情况
无。
"""
"""Numbers as they come out of Word: automatic ones turned to text, one heading without any."""

OTHER_WORDS = f"""目录
一、部门概况
二、部门整体支出管理及使用情况
{UNIT}2023年度整体支出绩效自评报告
清溪县财政局：
根据通知要求，我局认真开展自评，现将情况报告如下：
一、部门概况
（一）主要职责
管理全县河道和水库。
（二）机构设置情况
内设6个股室。
二、部门整体支出管理及使用情况
全年支出1936.4万元。
（一）基本支出
基本支出880.1万元。
（二）项目支出
项目支出1056.3万元。
三、智慧水利建设情况
建成监测站12处。
（一）站点建设
站点全部联网。
四、存在的主要问题
征地推迟。
五、下一步工作措施
先征地后招标。
附件：1.2023年度预算单位整体支出绩效评价基础数据表
2.2023年度预算单位整体支出绩效自评表
{UNIT}
2024年4月2日
"""
"""Other titles, a heading no outline knows, an introduction, an addressee, a list of annexes."""

COVERED = f"""部门（单位）名称：{UNIT}（盖章）
2024年 4 月 2 日
（此页为封面）
2023 年度{UNIT}整体支出
绩效自评报告
一、部门、单位基本情况
（一）单位基本情况
1、部门职能概述我局负责全县水资源的统一管理和保护，负责水旱灾害防御、农村供水和水土保持等各项工作。
（二）机构设置
内设6个股室。
二、一般公共预算支出情况
（一）基本支出情况
基本支出880.1万元。
（二）项目支出情况
项目支出1056.3万元。
三、存在的问题及原因分析
征地推迟。
四、下一步改进措施
先征地后招标。
"""
"""A cover, and headings that say the same twice."""

FORMAL = f"""{UNIT}
整体支出绩效自评报告
（2023年）
清水办字3号
清溪县财政局：
前言
根据通知要求，现将情况报告如下：
第一部分
单位概况
内设6个股室。
第二部分 部门整体支出情况
全年支出1936.4万元。
（一）基本支出
基本支出880.1万元。
（二）项目支出
项目支出1056.3万元。
第二部分 绩效目标完成情况分析
完成除险加固13座。
第四部分 智慧水利建设
（一）站点建设
站点全部联网。
（二）平台建设
平台上线。
伍、存在的问题
3.人员情况。
编制不足。
陆、下一步工作打算
先征地后招标。
附表：2023年度项目支出明细表

	项目
	金额

	除险加固
	十三座
	511
{UNIT}

　　　二〇二四年四月二日
"""
"""A cover in three lines, an opening, formal numerals, one of them twice, a table behind, a signature."""


def lines_of(text: str) -> list[DocumentLine]:
    return [DocumentLine(line) for line in text.split("\n")]


def styled() -> list[DocumentLine]:
    """A Word file with heading styles and no numbers, with a table in its text."""
    heads = {
        "单位基本情况": (1, []),
        "职能职责": (2, ["管理全县河道。"]),
        "机构设置": (2, ["内设6个股室。"]),
        "人才队伍": (2, ["引进技术人员2名。"]),
        "一般公共预算支出情况": (1, ["全年支出1936.4万元。"]),
        "数字水利": (1, ["建成平台。"]),
        "存在的问题及原因分析": (1, ["征地推迟。"]),
    }
    found = [DocumentLine(f"2023年度{UNIT}整体支出绩效自评报告")]
    for title, (level, texts) in heads.items():
        found += [DocumentLine(title, level), *map(DocumentLine, texts)]
    for row in (("科目", "金额"), ("工资", "500")):
        found += [DocumentLine("", in_table=True)]
        found += [DocumentLine(f"\t{cell}", in_table=True) for cell in row]
    return [*found, DocumentLine("以上数据来自决算。")]


def with_forms(text: str, *, first: bool = False, joined: bool = False) -> str:
    """The report with its forms, flattened cell by cell or with the cells of a row joined by blanks."""
    layout = spaced if joined else one_a_line
    forms = "\n".join(layout(rows) for rows in FORMS)
    return forms + text if first else text + forms


def flat(texts: Sequence[str]) -> str:
    return "".join("".join(text.split()) for text in texts)
