"""A task before it is taken: what it changes, against what, and why it may not be taken."""

from __future__ import annotations

import pytest

from desktop.domain.all_templates import Templates
from desktop.domain.tasks.task import Task
from desktop.errors import UserError
from desktop.exchange.task_file.in_words import as_json, as_text, date_in_words, described, notices
from desktop.exchange.task_file.offer import TaskOffer, offer
from desktop.exchange.task_file.reader import TaskFile
from desktop.exchange.task_file.writer import task_file
from desktop.resource_files.templates import load_templates
from tests.county_task import RENTS, TASK, TEXTS
from tests.places import RESOURCES

SHIPPED = load_templates(RESOURCES)
CHANGED = {**TEXTS, "tables/rents.toml": RENTS.replace("门面出租", "门面房出租")}


def offered(task: Task, texts: dict[str, str], *before: TaskOffer) -> TaskOffer:
    templates: Templates = before[-1].templates if before else SHIPPED
    taken = {one.task.edition: one.file for one in before}
    return offer(task_file(task, texts), "甲.zpt", templates, taken, RESOURCES)


@pytest.fixture(scope="module")
def first() -> TaskOffer:
    return offered(TASK, TEXTS)


def test_a_new_task_is_held_against_the_edition_it_is_like(first: TaskOffer) -> None:
    assert (first.against, first.here, first.refusal, first.is_here) == ("annexes-2023", None, "", False)
    said = as_text(first)
    for words in ("制发单位：清河县财政局", "截止日期：2025年3月31日", "请于3月底前报送。", "另附　2024年度资产出租收入情况表",
                  "预算执行20分，产出指标40分，效益指标40分", "清河县提纲，6个标题", "资产出租收入：新增的表，3行"):  # fmt: skip
        assert words in said
    data = as_json(first)
    assert data["edition"] == TASK.id and data["system"]["blocks"][0] == {"name": "预算执行", "weight": 20.0}


def test_a_newer_issue_is_held_against_the_one_here(first: TaskOffer) -> None:
    newer = offered(TASK._replace(issue=2), CHANGED, first)
    assert newer.is_newer and newer.against == TASK.id and newer.refusal == ""
    (one,) = newer.differences
    assert one.said == "“门面出租”改为“门面房出租”"
    assert described(newer)[-1].heading == "与已领取的第1次发布相比（1处不同）"


def test_the_same_is_told_and_another_content_is_refused(first: TaskOffer) -> None:
    again = offered(TASK, TEXTS, first)
    assert again.is_here and not again.refusal and "内容相同" in notices(again)[0]
    other = offered(TASK, CHANGED, first)
    assert not other.is_here and "内容与领取的不同" in other.refusal and "第2次发布" in other.refusal
    assert "不同" in offered(TASK._replace(note="改了"), TEXTS, first).refusal


def test_an_older_issue_is_refused() -> None:
    newer = offered(TASK._replace(issue=3), TEXTS)
    older = offered(TASK._replace(issue=2), TEXTS, newer)
    assert "更新的第3次发布" in older.refusal and not older.is_newer


def test_another_model_is_warned_of() -> None:
    warned = offered(TASK._replace(like_sum="0" * 64), TEXTS)
    assert "不是同一个版本" in warned.warning and "不是同一个版本" in as_text(warned) and not warned.refusal


def test_unsound_forms_are_refused_with_what_is_wrong() -> None:
    file: TaskFile = task_file(TASK, {**TEXTS, "tables/rents.toml": RENTS.replace("sum(other.*)", "nobody")})
    with pytest.raises(UserError, match=r"“甲.zpt”不能用：表 rents 的 total.last_year 的公式") as caught:
        offer(file, "甲.zpt", SHIPPED, {}, RESOURCES)
    assert "告诉制发单位" in caught.value.hint


def test_dates_in_words() -> None:
    assert (date_in_words("2025-03-01"), date_in_words("")) == ("2025年3月1日", "")
