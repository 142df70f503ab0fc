"""Fields that are lists: subjects with their shares, 三公经费 with reasons, projects, indicators and their points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from desktop.domain.assessment import Assessment
from desktop.domain.facts import PROJECTS, FactSheet
from desktop.domain.field_values import Missing, because, compared, difference_text, field, no_more
from desktop.domain.keys import scoped
from desktop.domain.numbers import HUNDRED, decimals_of, round_half_up, show, show_short
from desktop.domain.scoring import IndicatorScore, ScoreSheet
from desktop.domain.template import LABEL, THIS

_CLASSES = {
    "wages": "工资福利支出",
    "goods": "商品和服务支出",
    "individuals": "对个人和家庭的补助",
    "capital": "资本性支出",
}
_THREE_PUBLIC = {
    "vehicle_purchase": "公务用车购置费",
    "vehicle_running": "公务用车运行维护费",
    "abroad": "因公出国（境）费",
    "reception": "公务接待费",
}
_FUNDS = {
    "general": "一般公共预算拨款",
    "fund": "政府性基金拨款",
    "nontax": "纳入专户管理的非税收入拨款",
    "other": "其他资金",
}
_SPENDING = {"personnel": "人员经费", "public": "公用经费", "project": "项目支出"}
_POSTS = {
    "administrative": "行政编制",
    "participating": "参公事业编制",
    "institution": "事业编制",
    "workers": "机关工勤编制",
}
_IN_POST = {
    "administrative": "行政人员",
    "participating": "参公人员",
    "institution": "事业人员",
    "workers": "机关工勤人员",
}
_OTHERS = {
    "retired_cadres": "离休人员",
    "retired": "退休人员",
    "contract": "编外聘用人员",
    "survivors": "遗属",
}
_AIMS = {"≥": "不低于", "≤": "不超过", ">": "高于", "<": "低于", "=": "", "介于": ""}

Amounts = list[tuple[str, Decimal]]


# -- amounts -------------------------------------------------------------------------------------------------


@field("list function_class", "支出按功能分类")
def _function_class(assessment: Assessment, rest: str) -> str:
    """`行政运行471.89万元，占28.85%；…`; subjects without spending are left out."""
    no_more(rest)
    return _with_shares(
        _subjects(assessment.sheet, "function_class", "item", "支出按功能分类"), "支出按功能分类"
    )


def _with_shares(found: Amounts, what: str) -> str:
    if not found:
        raise Missing(what)
    rates = shares([amount for _, amount in found])
    return "；".join(
        f"{name}{show(amount)}万元，占{show(rate)}%"
        for (name, amount), rate in zip(found, rates, strict=True)
    )


@field("list economic", "按经济分类的支出")
def _economic(assessment: Assessment, rest: str) -> str:
    """`基本工资246.38万元，津贴补贴128.46万元`, of one class."""
    return "，".join(f"{name}{show(amount)}万元" for name, amount in _of_class(assessment, rest))


@field("list economic_classes", "按经济分类的支出")
def _economic_classes(assessment: Assessment, rest: str) -> str:
    """`工资福利支出795.76万元，占85.53%；…` of the basic spending; classes without spending are left out."""
    no_more(rest)
    sums = [(name, assessment.sheet.value("economic_class", row, "final")) for row, name in _CLASSES.items()]
    return _with_shares([(name, amount) for name, amount in sums if amount], "基本支出按经济分类")


@field("names economic", "按经济分类的科目")
def _economic_names(assessment: Assessment, rest: str) -> str:
    """`基本工资、津贴补贴`: the subjects of one class for which something was spent."""
    return "、".join(name for name, _ in _of_class(assessment, rest))


def _of_class(assessment: Assessment, name: str) -> Amounts:
    if name not in _CLASSES:
        raise KeyError(name)
    return _subjects(assessment.sheet, "economic_class", name, f"{_CLASSES[name]}明细")


def _subjects(sheet: FactSheet, table: str, group: str, what: str) -> Amounts:
    rows = [(row, sheet.value(table, row, "final")) for row in sheet.rows(table, group)]
    named = [(sheet.get(table, row, LABEL).strip(), amount) for row, amount in rows if amount]
    if not named or not all(name for name, _ in named):
        raise Missing(what)
    return [(name, amount) for name, amount in named if amount]


def shares(amounts: list[Decimal]) -> list[Decimal]:
    """Each amount's part of all in percent, two digits; what lies just between two goes where all make 100."""
    whole = sum(amounts)
    if not whole:
        return [Decimal(0) for _ in amounts]
    exact = [amount * HUNDRED / whole for amount in amounts]
    found = [round_half_up(rate) for rate in exact]
    for number, rate in enumerate(exact):
        if sum(found) > HUNDRED and found[number] - rate == Decimal("0.005"):
            found[number] -= Decimal("0.01")
    return found


@field("list project_spending", "项目支出明细")
def _project_spending(assessment: Assessment, rest: str) -> str:
    """The lines of 项目支出 in 附件1 for which something was spent."""
    no_more(rest)
    sheet = assessment.sheet
    fixed = {"business": "业务工作经费", "operation": "运行维护经费"}
    found = [(name, sheet.value("base", row, "final")) for row, name in fixed.items()]
    for group in ("special", "transfer"):
        rows = sheet.rows("base", group)
        found += [(sheet.get("base", row, LABEL).strip(), sheet.value("base", row, "final")) for row in rows]
    said = [f"{name}{show(amount)}万元" for name, amount in found if name and amount]
    if not said:
        raise Missing("项目支出明细")
    return "，".join(said)


@field("list three_public", "“三公”经费各项")
def _three_public(assessment: Assessment, rest: str) -> str:
    """Each item with last year's comparison and, where one was written, the reason."""
    no_more(rest)
    sheet = assessment.sheet
    found = []
    for row, name in _THREE_PUBLIC.items():
        final, last = (sheet.value("three_public", row, column) for column in ("final", "last_final"))
        if final is None:
            raise Missing(f"{name}{sheet.year}年决算数")
        parts = [f"{name}{show(final)}万元"]
        if last is not None:
            parts.append(compared(final, last))
        if round_half_up(final - (last or 0)):
            parts.append(because(sheet.get("three_public", row, "note")))
        found.append("，".join(part for part in parts if part))
    return "；".join(found)


@field("list differences", "预决算差异")
def _differences(assessment: Assessment, rest: str) -> str:
    """Personnel, public funds and projects: budget, final, difference and reason."""
    no_more(rest)
    sheet = assessment.sheet
    found = []
    for row, name in _SPENDING.items():
        budget, final = (sheet.value("annex2_funds", row, column) for column in ("initial", "executed"))
        if budget is None or final is None:
            raise Missing(f"{name}的年初预算数和全年执行数")
        if not budget and not final:
            continue
        reason = because(sheet.get("annex2_funds", row, "note")) if round_half_up(final - budget) else ""
        said = (
            f"{name}年初预算数{show(budget)}万元，决算数{show(final)}万元，{difference_text(final, budget)}"
        )
        found.append("，".join(part for part in (said, reason) if part))
    return "；".join(found)


@field("list funds", "资金来源")
def _funds(assessment: Assessment, rest: str) -> str:
    """The year's spending by income: general budget, funds, other money; nothing is left out."""
    no_more(rest)
    sheet = assessment.sheet
    found = [(name, sheet.value("annex2_funds", row, "executed")) for row, name in _FUNDS.items()]
    said = [f"{name}{show(amount)}万元" for name, amount in found if amount]
    if not said:
        raise Missing("各项资金的全年执行数")
    return "，".join(said)


# -- people --------------------------------------------------------------------------------------------------


@field("list posts", "各类编制")
def _posts(assessment: Assessment, rest: str) -> str:
    no_more(rest)
    return _people(assessment.sheet, "staff", "authorised", _POSTS, "名")


@field("list in_post", "各类在职人员")
def _in_post(assessment: Assessment, rest: str) -> str:
    no_more(rest)
    return _people(assessment.sheet, "staff", "in_post", _IN_POST, "人")


@field("list others", "离退休及编外人员")
def _other_people(assessment: Assessment, rest: str) -> str:
    no_more(rest)
    return _people(assessment.sheet, "others", "this_year", _OTHERS, "人")


def _people(sheet: FactSheet, table: str, column: str, names: dict[str, str], unit: str) -> str:
    found = [(name, sheet.value(table, row, column)) for row, name in names.items()]
    said = [f"{name}{show_short(number)}{unit}" for name, number in found if number]
    if not said:
        raise Missing("、".join(names.values()))
    return "，".join(said)


# -- projects ------------------------------------------------------------------------------------------------


@field("list projects", "项目及金额")
def _projects(assessment: Assessment, rest: str) -> str:
    """`农产品质量安全监管84.75万元，…`: the projects that have a form of their own."""
    no_more(rest)
    return "，".join(f"{name}{show(spent)}万元" for name, _, spent in _spent(assessment.sheet))


@field("list project_details", "逐个项目的执行和完成情况")
def _project_details(assessment: Assessment, rest: str) -> str:
    """A numbered paragraph for each project: money, the reason of what was left, what was reached."""
    no_more(rest)
    sheet = assessment.sheet
    return numbered_paragraphs(_project(sheet, name, scope, spent) for name, scope, spent in _spent(sheet))


def _project(sheet: FactSheet, name: str, scope: str, spent: Decimal) -> str:
    table = scoped("annex3_funds", scope)
    budget = sheet.value(table, "total", "adjusted")
    said = f"{name}{show(spent)}万元"
    if budget:
        said += f"，全年预算数{show(budget)}万元，执行率{show(spent * HUNDRED / budget)}%"
    goal = sheet.get(scoped("annex3_goals", scope), THIS, "achieved").strip()
    return f"{said}。{_one_paragraph(goal)}"


def _spent(sheet: FactSheet) -> list[tuple[str, str, Decimal]]:
    found = []
    for scope in sheet.projects():
        name = sheet.get(PROJECTS, f"item:{scope}", "name").strip()
        spent = sheet.value(scoped("annex3_funds", scope), "total", "executed")
        if not name or spent is None:
            raise Missing(f"{name or '项目'}·全年执行数")
        found.append((name, scope, spent))
    if not found:
        raise Missing("项目清单")
    return found


@field("list project_scores", "各项目自评得分")
def _project_scores(assessment: Assessment, rest: str) -> str:
    no_more(rest)
    sheet = assessment.sheet
    names = {scope: name for name, scope, _ in _spent(sheet)}
    scores = {scope: assessment.project(scope) for scope in names}
    if any(score.unscored for score in scores.values()):
        raise Missing("部分项目的自评得分")
    return "，".join(f"{names[scope]}{show(score.total)}分" for scope, score in scores.items())


# -- indicators and points -----------------------------------------------------------------------------------


@field("block_points", "一级指标得分")
def _block_points(assessment: Assessment, rest: str) -> str:
    """Of one block of the report's own system: `block_points output`."""
    block = {block.id: block for block in assessment.main.blocks}[rest]
    if any(indicator.points is None for indicator in block.indicators):
        raise Missing(f"{block.name}的自评得分")
    return show(block.points)


@field("list block_points", "各部分得分")
def _all_block_points(assessment: Assessment, rest: str) -> str:
    no_more(rest)
    score = _scored(assessment.main)
    return "，".join(f"{block.name}{show(block.points)}分" for block in score.blocks)


@field("count", "个数")
def _count(assessment: Assessment, rest: str) -> str:
    """`count indicators`, `count met`, `count unmet` of 附件2; `count projects`."""
    if rest == "projects":
        return str(len(assessment.sheet.projects()))
    rows = _form_rows(assessment)
    met = sum(not row.lost for row in rows)
    return str({"indicators": len(rows), "met": met, "unmet": len(rows) - met}[rest])


@field("list met_indicators", "达到年度指标值的指标")
def _met(assessment: Assessment, rest: str) -> str:
    """`新建高标准农田面积年度指标值不低于1600亩，实际完成1620亩；…`."""
    no_more(rest)
    found = [_aim_and_result(assessment.sheet, row) for row in _form_rows(assessment) if not row.lost]
    if not found:
        raise Missing("达到年度指标值的指标")
    return "；".join(found)


@field("list lost_points", "失分指标及原因")
def _lost(assessment: Assessment, rest: str) -> str:
    """A numbered paragraph for each indicator that lost points, dearest first, with the reason written there."""
    no_more(rest)
    found = _losses(assessment)
    return numbered_paragraphs(_loss(assessment.sheet, row) for row in found)


@field("list improvements", "针对失分指标的改进措施")
def _improvements(assessment: Assessment, rest: str) -> str:
    """What was written as a remedy behind the reason of each loss."""
    no_more(rest)
    found = [(row.name, _remedy(row.reason)) for row in _losses(assessment)]
    said = [f"针对“{name}”没有得满分的问题，{remedy}" for name, remedy in found if remedy]
    if not said:
        raise Missing("失分指标的改进措施")
    return numbered_paragraphs(said)


def _losses(assessment: Assessment) -> list[IndicatorScore]:
    found = _scored(assessment.main).losses
    if not found:
        raise Missing("失分的指标")
    return found


def _loss(sheet: FactSheet, row: IndicatorScore) -> str:
    points, lost = (_points(value) for value in (row.points or Decimal(0), row.lost))
    result = f"{_aim_and_result(sheet, row)}，" if row.key.base.endswith("_indicators") else f"“{row.name}”"
    reason = _sentences(row.reason)[:1]
    return f"{result}得{points}分，失{lost}分。" + "".join(f"原因是{said}" for said in reason)


def _points(value: Decimal) -> str:
    return show(value, max(2, decimals_of(value)))


def _remedy(reason: str) -> str:
    return "".join(_sentences(reason)[1:])


def _sentences(text: str) -> list[str]:
    """The sentences of a text, each with its full stop."""
    parts = (part.strip("；，; ,") for part in " ".join(text.split()).split("。"))
    return [f"{part}。" for part in parts if part]


def _form_rows(assessment: Assessment) -> list[IndicatorScore]:
    """The indicators written into 附件2, all of them scored."""
    score = assessment.score(assessment.form.id)
    found = [row for row in score.indicators if row.key.base.endswith("_indicators")]
    if not found or any(row.points is None for row in found):
        raise Missing("附件2绩效指标的自评得分")
    return found


def _aim_and_result(sheet: FactSheet, row: IndicatorScore) -> str:
    """`“…”年度指标值不低于1600亩，实际完成1620亩`; what is no number is quoted."""
    operator, target, unit, actual = (
        sheet.get(row.key.table, row.key.row, column).strip()
        for column in ("operator", "target", "unit", "actual")
    )
    if not target or not actual:
        raise Missing(f"{row.name}·实际完成值")
    if not any(sign.isdigit() for sign in target):
        return f"“{row.name}”年度指标值为“{target}”，实际完成情况为“{actual}”"
    aim = f"{_AIMS.get(operator, operator)}{_with_unit(target, unit)}"
    return f"“{row.name}”年度指标值{aim}，实际完成{_with_unit(actual, unit)}"


def _with_unit(value: str, unit: str) -> str:
    return value if value.endswith(unit) or not value[-1:].isdigit() else f"{value}{unit}"


def _scored(score: ScoreSheet) -> ScoreSheet:
    if score.unscored:
        raise Missing("部分指标的自评得分")
    return score


def numbered_paragraphs(texts: Iterable[str]) -> str:
    """`1. …` and so on, one paragraph each."""
    return "\n".join(f"{number}. {text}" for number, text in enumerate(texts, 1))


def _one_paragraph(text: str) -> str:
    lines: Iterator[str] = (line.strip() for line in text.splitlines())
    said = "".join(line for line in lines if line)
    return said if not said or said.endswith("。") else f"{said}。"
