"""A made-up unit with everything filled in, as facts: 清河县应急管理局, 2023, three projects."""

from __future__ import annotations

from desktop.domain.keys import FactKey


def rows(table: str, columns: str, **cells_of: str) -> dict[FactKey, str]:
    """`rows("base", "budget final", office="12 5.67")`; `_` leaves a cell empty."""
    names = columns.split()
    cells = ((row, zip(names, text.split(), strict=True)) for row, text in cells_of.items())
    return {FactKey(table, row, name): value for row, pairs in cells for name, value in pairs if value != "_"}


def open_rows(table: str, group: str, columns: str, *texts: str) -> dict[FactKey, str]:
    """Open rows in their order; `|` parts the columns, the first is the name."""
    facts = {}
    for number, text in enumerate(texts, 1):
        row = f"{group}:{number}"
        facts[FactKey(table, row, "order")] = str(number)
        for name, value in zip(columns.split(), text.split("|"), strict=False):
            if value:
                facts[FactKey(table, row, name)] = value
    return facts


def unit_facts() -> dict[FactKey, str]:
    form = {
        "name": "清河县应急管理局",
        "code": "0301001",
        "department": "清河县人民政府",
        "region": "湖南省清河县",
        "level": "县",
        "head": "林远山",
        "preparer": "周小满",
        "phone": "0731-5550123",
        "report_date": "2024年3月20日",
        "duties": "组织编制全县应急体系建设规划，指导应对突发事件。\n" * 8,
        "structure": "内设综合股、应急指挥股、危化监管股等六个股室，下设应急救援中心。",
        "economy_measures": "制定公务接待、公务用车和水电管理办法；会议能合并的合并，能线上的线上；"
        "办公用品集中采购、按需领用，每季度通报各股室支出情况。",
    }
    facts = {FactKey("unit", "this", column): value for column, value in form.items()}
    facts |= rows(
        "staff", "authorised in_post", administrative="15 14", participating="10 10", institution="20 19"
    )
    facts |= rows("others", "last_year this_year", retired="12 13", contract="6 5")
    facts[FactKey("three_public", "vehicle_running", "note")] = "老旧车辆报废一台，维修费下降"
    return facts | rows(
        "three_public",
        "last_budget last_final budget final",
        vehicle_purchase="0 0 0 0",
        vehicle_running="6 5.8 5.5 5.12",
        abroad="0 0 0 0",
        reception="1 0.62 0.8 0.45",
    )


def budget_facts() -> dict[FactKey, str]:
    facts = rows(
        "base",
        "last_final budget final",
        business="60.5 80 78.36",
        operation="12 12 11.9",
        public_funds="92.1 90 86.47",
        office="20.15 18 16.2",
        utilities="25.3 26 25.84",
        meetings="3.2 3 1.75",
        procurement="150 120 98.5",
        adjustment="_ _ 12.5",
    )
    facts |= open_rows(
        "base",
        "special",
        "label last_final budget final",
        "应急物资储备库建设|120|200|185.4",
        "森林防火队伍建设|45.5|50|50",
        "隐患排查整治专项（含烟花爆竹、危化品和工贸行业）|30|40|37.28",
    )
    facts |= open_rows("base", "transfer", "label last_final budget final", "省级自然灾害救灾资金|80|60|60")
    facts |= open_rows(
        "buildings",
        "item",
        "label approved_area actual_area planned_cost actual_cost",
        "应急物资储备库|1200|1180|380|372.5",
        "训练基地综合楼|800.5|800.5|210|",
    )
    facts |= rows(
        "annex2_funds",
        "initial adjusted executed",
        general="860.2 1020.5 998.76",
        fund="_ 30 30",
        other="_ 8 6.2",
        personnel="512 525.3 525.3",
        public="90 88 86.47",
        project="258.2 445.2 423.19",
    )
    facts[FactKey("annex2_funds", "general", "note")] = "年中追加防汛资金"
    facts |= open_rows("function_class", "item", "label code initial final", "行政运行|2240101|600|611.77")
    facts |= open_rows(
        "economic_class", "wages", "label initial final", "基本工资|200|201.5", "津贴补贴|150|151"
    )
    facts |= rows("economic_class", "initial final", goods="90 86.47")
    return facts | rows(
        "carryover", "last_year this_year", opening="10 12", income="900 1058.5", spending="898 1034.96"
    )


GRID = "name operator target unit actual weight points reason"


def indicator_facts(table: str) -> dict[FactKey, str]:
    facts = open_rows(
        table,
        "quantity",
        GRID,
        "排查各类安全隐患|≥|3000|处|3120|10",
        "开展应急演练|≥|12|场|10|10||受汛期影响两场推迟，已排入下年一季度计划",
    )
    facts |= open_rows(table, "quality", GRID, "重大隐患整治率|≥|95|%|99%|15")
    facts |= open_rows(table, "timeliness", GRID, "预案修订完成时间||6月底前||6月20日|10")
    facts |= open_rows(table, "cost", GRID, "预算控制数|≤|1058.5|万元|1034.96|5|4.5|部分采购结转")
    facts |= open_rows(table, "economic", GRID, "较大以上事故起数|=|0|起|0|10")
    facts |= open_rows(table, "social", GRID, "安全生产知晓率|≥|90|%|92.5%|10")
    facts |= open_rows(
        table, "sustainable", GRID, "长效管理机制||建立健全||部分达成预期指标并具有一定效果|10||机制尚在完善"
    )
    return facts | open_rows(table, "satisfaction", GRID, "群众满意度|≥|90|%|91%|10")


def project_facts() -> dict[FactKey, str]:
    names = ("业务工作经费", "应急物资储备库建设", "业务工作经费")
    facts = open_rows(
        "projects",
        "item",
        "name department implementer",
        *(f"{n}|清河县人民政府|清河县应急管理局" for n in names),
    )
    for scope in "123":
        facts |= rows(
            f"annex3_funds@{scope}", "initial adjusted executed", fiscal="80 80 78.36", carryover="_ 5 5"
        )
        facts[FactKey(f"annex3_goals@{scope}", "this", "expected")] = (
            "完成全年隐患排查任务；\n开展宣传教育活动。"
        )
        facts[FactKey(f"annex3_goals@{scope}", "this", "achieved")] = "已全部完成。"
        facts |= indicator_facts(f"annex3_indicators@{scope}")
    facts[FactKey("annex3_funds@2", "fiscal", "note")] = "县级追加"
    facts[FactKey("answers@2", "execution_rate", "points")] = "9"
    facts[FactKey("answers@2", "execution_rate", "reason")] = "跨年支付"
    return facts


def full_facts() -> dict[FactKey, str]:
    facts = unit_facts() | budget_facts() | indicator_facts("annex2_indicators") | project_facts()
    facts[FactKey("annex2_goals", "this", "expected")] = (
        "压实安全生产责任，遏制较大以上事故；健全应急体系。" * 3
    )
    facts[FactKey("annex2_goals", "this", "achieved")] = "全年未发生较大以上事故，各项任务完成。" * 4
    facts |= rows("answers@hunan-2023", "item1 item2 item3 item4", rules_in_place="是 是 是 否")
    facts |= rows("answers@hunan-2023", "value", compliance="1", administration="好", satisfaction="91")
    facts |= rows("answers@blocks-2023", "item1", complete_budget="是")
    facts[FactKey("narrative", "duties", "text")] = "一是统筹应急管理工作。\n" * 12
    facts[FactKey("narrative", "performance", "text")] = (
        "扎实推进风险隐患排查治理，健全值班值守和信息报送制度，" * 90
    )
    facts[FactKey("base", "business", "rate")] = "98%"
    facts[FactKey("three_public", "total", "final")] = "5.6"
    return facts
