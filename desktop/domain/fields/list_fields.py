"""Fields that are lists: subjects with their shares, 三公经费 with reasons, people, projects."""

from __future__ import annotations

from decimal import Decimal

from desktop.domain.assessment import Assessment
from desktop.domain.facts import PROJECTS, FactSheet
from desktop.domain.fields.values import MissingData, field, no_argument
from desktop.domain.fields.wording import (
    comparison_text,
    difference_text,
    numbered_paragraphs,
    reason_clause,
    shares,
)
from desktop.domain.keys import scoped
from desktop.domain.numbers import HUNDRED, round_half_up, show, show_short
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

Amounts = list[tuple[str, Decimal]]


# -- amounts -------------------------------------------------------------------------------------------------


@field("list function_class", "支出按功能分类")
def _function_class(assessment: Assessment, argument: str) -> str:
    """`行政运行471.89万元，占28.85%；…`; subjects without spending are left out."""
    no_argument(argument)
    return _with_shares(
        _subjects(assessment.sheet, "function_class", "item", "支出按功能分类"), "支出按功能分类"
    )


def _with_shares(amounts: Amounts, what: str) -> str:
    if not amounts:
        raise MissingData(what)
    rates = shares([amount for _, amount in amounts])
    return "；".join(
        f"{name}{show(amount)}万元，占{show(rate)}%"
        for (name, amount), rate in zip(amounts, rates, strict=True)
    )


@field("list economic", "按经济分类的支出")
def _economic(assessment: Assessment, argument: str) -> str:
    """`基本工资246.38万元，津贴补贴128.46万元`, of one class."""
    return "，".join(f"{name}{show(amount)}万元" for name, amount in _of_class(assessment, argument))


@field("list economic_classes", "按经济分类的支出")
def _economic_classes(assessment: Assessment, argument: str) -> str:
    """`工资福利支出795.76万元，占85.53%；…` of the basic spending; classes without spending are left out."""
    no_argument(argument)
    sums = [(name, assessment.sheet.value("economic_class", row, "final")) for row, name in _CLASSES.items()]
    return _with_shares([(name, amount) for name, amount in sums if amount], "基本支出按经济分类")


@field("names economic", "按经济分类的科目")
def _economic_names(assessment: Assessment, argument: str) -> str:
    """`基本工资、津贴补贴`: the subjects of one class for which something was spent."""
    return "、".join(name for name, _ in _of_class(assessment, argument))


def _of_class(assessment: Assessment, name: str) -> Amounts:
    if name not in _CLASSES:
        raise KeyError(name)
    return _subjects(assessment.sheet, "economic_class", name, f"{_CLASSES[name]}明细")


def _subjects(sheet: FactSheet, table: str, group: str, what: str) -> Amounts:
    rows = [(row, sheet.value(table, row, "final")) for row in sheet.rows(table, group)]
    named = [(sheet.get(table, row, LABEL).strip(), amount) for row, amount in rows if amount]
    if not named or not all(name for name, _ in named):
        raise MissingData(what)
    return [(name, amount) for name, amount in named if amount]


@field("list project_spending", "项目支出明细")
def _project_spending(assessment: Assessment, argument: str) -> str:
    """The lines of 项目支出 in 附件1 for which something was spent."""
    no_argument(argument)
    sheet = assessment.sheet
    fixed = {"business": "业务工作经费", "operation": "运行维护经费"}
    lines = [(name, sheet.value("base", row, "final")) for row, name in fixed.items()]
    for group in ("special", "transfer"):
        rows = sheet.rows("base", group)
        lines += [(sheet.get("base", row, LABEL).strip(), sheet.value("base", row, "final")) for row in rows]
    items = [f"{name}{show(amount)}万元" for name, amount in lines if name and amount]
    if not items:
        raise MissingData("项目支出明细")
    return "，".join(items)


@field("list three_public", "“三公”经费各项")
def _three_public(assessment: Assessment, argument: str) -> str:
    """Each item with last year's comparison and, where one was written, the reason."""
    no_argument(argument)
    sheet = assessment.sheet
    items = []
    for row, name in _THREE_PUBLIC.items():
        final, last = (sheet.value("three_public", row, column) for column in ("final", "last_final"))
        if final is None:
            raise MissingData(f"{name}{sheet.year}年决算数")
        parts = [f"{name}{show(final)}万元"]
        if last is not None:
            parts.append(comparison_text(final, last))
        if round_half_up(final - (last or 0)):
            parts.append(reason_clause(sheet.get("three_public", row, "note")))
        items.append("，".join(part for part in parts if part))
    return "；".join(items)


@field("list differences", "预决算差异")
def _differences(assessment: Assessment, argument: str) -> str:
    """Personnel, public funds and projects: budget, final, difference and reason."""
    no_argument(argument)
    sheet = assessment.sheet
    items = []
    for row, name in _SPENDING.items():
        budget, final = (sheet.value("annex2_funds", row, column) for column in ("initial", "executed"))
        if budget is None or final is None:
            raise MissingData(f"{name}的年初预算数和全年执行数")
        if not budget and not final:
            continue
        reason = (
            reason_clause(sheet.get("annex2_funds", row, "note")) if round_half_up(final - budget) else ""
        )
        figures = (
            f"{name}年初预算数{show(budget)}万元，决算数{show(final)}万元，{difference_text(final, budget)}"
        )
        items.append("，".join(part for part in (figures, reason) if part))
    return "；".join(items)


@field("list funds", "资金来源")
def _funds(assessment: Assessment, argument: str) -> str:
    """The year's spending by income: general budget, funds, other money; nothing is left out."""
    no_argument(argument)
    sheet = assessment.sheet
    amounts = [(name, sheet.value("annex2_funds", row, "executed")) for row, name in _FUNDS.items()]
    items = [f"{name}{show(amount)}万元" for name, amount in amounts if amount]
    if not items:
        raise MissingData("各项资金的全年执行数")
    return "，".join(items)


# -- people --------------------------------------------------------------------------------------------------


@field("list posts", "各类编制")
def _posts(assessment: Assessment, argument: str) -> str:
    no_argument(argument)
    return _people(assessment.sheet, "staff", "authorised", _POSTS, "名")


@field("list in_post", "各类在职人员")
def _in_post(assessment: Assessment, argument: str) -> str:
    no_argument(argument)
    return _people(assessment.sheet, "staff", "in_post", _IN_POST, "人")


@field("list others", "离退休及编外人员")
def _other_people(assessment: Assessment, argument: str) -> str:
    no_argument(argument)
    return _people(assessment.sheet, "others", "this_year", _OTHERS, "人")


def _people(sheet: FactSheet, table: str, column: str, names: dict[str, str], unit: str) -> str:
    counts = [(name, sheet.value(table, row, column)) for row, name in names.items()]
    items = [f"{name}{show_short(number)}{unit}" for name, number in counts if number]
    if not items:
        raise MissingData("、".join(names.values()))
    return "，".join(items)


# -- projects ------------------------------------------------------------------------------------------------


@field("list projects", "项目及金额")
def _projects(assessment: Assessment, argument: str) -> str:
    """`农产品质量安全监管84.75万元，…`: the projects that have a form of their own."""
    no_argument(argument)
    return "，".join(f"{name}{show(spent)}万元" for name, _, spent in _spent(assessment.sheet))


@field("list project_details", "逐个项目的执行和完成情况")
def _project_details(assessment: Assessment, argument: str) -> str:
    """A numbered paragraph for each project: money, the rate of its budget that was spent, what was reached."""
    no_argument(argument)
    sheet = assessment.sheet
    return numbered_paragraphs(_project(sheet, name, scope, spent) for name, scope, spent in _spent(sheet))


def _project(sheet: FactSheet, name: str, scope: str, spent: Decimal) -> str:
    table = scoped("annex3_funds", scope)
    budget = sheet.value(table, "total", "adjusted")
    money = f"{name}{show(spent)}万元"
    if budget:
        money += f"，全年预算数{show(budget)}万元，执行率{show(spent * HUNDRED / budget)}%"
    lines = sheet.get(scoped("annex3_goals", scope), THIS, "achieved").splitlines()
    achieved = "".join(line.strip() for line in lines)  # in one paragraph with its money
    return f"{money}。{achieved}{'' if not achieved or achieved.endswith('。') else '。'}"


def _spent(sheet: FactSheet) -> list[tuple[str, str, Decimal]]:
    """Name, scope and executed money of every project."""
    projects = []
    for scope in sheet.projects():
        name = sheet.get(PROJECTS, f"item:{scope}", "name").strip()
        spent = sheet.value(scoped("annex3_funds", scope), "total", "executed")
        if not name or spent is None:
            raise MissingData(f"{name or '项目'}·全年执行数")
        projects.append((name, scope, spent))
    if not projects:
        raise MissingData("项目清单")
    return projects


@field("list project_scores", "各项目自评得分")
def _project_scores(assessment: Assessment, argument: str) -> str:
    no_argument(argument)
    sheet = assessment.sheet
    names = {scope: name for name, scope, _ in _spent(sheet)}
    scores = {scope: assessment.project(scope) for scope in names}
    if any(score.unscored for score in scores.values()):
        raise MissingData("部分项目的自评得分")
    return "，".join(f"{names[scope]}{show(score.total)}分" for scope, score in scores.items())
