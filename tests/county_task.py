"""A made-up county that hands out forms of its own: 清河县财政局, for the tests of task files."""

from __future__ import annotations

from pathlib import Path

from desktop.domain.tasks.task import Task

TASK = Task(
    "清河县财政局-2024",
    "清河县2024年度整体支出绩效自评",
    2024,
    "清河县财政局",
    "2025-03-31",
    "请于3月底前报送。\n三公经费要与决算一致。",
    1,
    "2025-01-06",
)

FORMS = """
id = "清河县财政局-2024"
name = "清河县整体支出绩效自评表"
year = 2024
like = "annexes-2023"
[tabs]
budget = ["rents"]
"""
RENTS = """
id = "rents"
title = "资产出租收入"
unit = "万元"
annex = "{year}年度资产出租收入情况表"
column = [
  { id = "last_year", label = "{last_year}年" },
  { id = "this_year", label = "{year}年" },
  { id = "change", label = "比上年", kind = "percent", formula = "(this_year - last_year) / last_year" },
]
row = [
  { id = "shops", label = "门面出租" },
  { id = "other", label = "其他出租", open = true, item = "出租项" },
  { id = "total", label = "合计", formula = "shops + sum(other.*)" },
]
"""
SYSTEM = """
id = "whatever"
name = "清河县整体支出绩效自评表（附件2）"
year = 2024
full = 100
indicator_table = "annex2_indicators"
funds_table = "annex2_funds"
settings = { points_decimals = 2, far_above = 30, late_per_day = 1, at_most = ["cost"], grade_bands = [100, 80, 60] }
grade = [{ name = "优", from = 90 }, { name = "良", from = 80 }, { name = "中", from = 60 }, { name = "差", from = 0 }]
[[block]]
id = "execution"
name = "预算执行"
weight = 20
[[block.group]]
id = "execution"
name = "预算执行率"
[[block.group.indicator]]
id = "execution_rate"
name = "预算执行率"
weight = 20
method = "linear"
formula = "annex2_funds.total.executed / annex2_funds.total.adjusted"
rule = "得分＝执行率×分值"
[[block]]
id = "output"
name = "产出指标"
weight = 40
group = [
  { id = "quantity", name = "数量指标" },
  { id = "quality", name = "质量指标" },
  { id = "timeliness", name = "时效指标" },
  { id = "cost", name = "成本指标" },
]
[[block]]
id = "benefit"
name = "效益指标"
weight = 40
group = [
  { id = "economic", name = "经济效益指标" },
  { id = "social", name = "社会效益指标" },
  { id = "ecological", name = "生态效益指标" },
  { id = "sustainable", name = "可持续影响指标" },
  { id = "satisfaction", name = "服务对象满意度指标" },
]
"""
CHECKS = """
[[check]]
code = "QH1"
name = "出租收入不大于其他收入"
level = "核实"
kind = "at_most"
left = "rents.total.this_year"
right = "annex2_funds.other.executed"
message = "出租收入{left}大于其他收入{right}，多{gap}"
"""
OUTLINE = """
id = "x"
name = "清河县提纲"
section = [
  { id = "unit", level = 1 },
  { id = "duties", level = 2 },
  { id = "general_budget", level = 1 },
  { id = "performance", level = 1 },
  { id = "problems", level = 1, title = "存在的主要问题" },
  { id = "improvements", level = 1 },
]
"""
TEXTS = {
    "forms.toml": FORMS,
    "tables/rents.toml": RENTS,
    "system.toml": SYSTEM,
    "checks.toml": CHECKS,
    "outline.toml": OUTLINE,
}


def written_to(folder: Path, texts: dict[str, str] = TEXTS) -> Path:
    """The files of a task as a bureau has them in a folder."""
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder
