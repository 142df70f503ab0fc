"""The file of a task is the same whenever it is made, and nothing is made that nobody could read."""

from __future__ import annotations

import pytest

from desktop.errors import UserError
from desktop.exchange.task_file.reader import read_task
from desktop.exchange.task_file.writer import task_file
from tests.county_task import TASK, TEXTS


def test_the_same_task_is_the_same_file() -> None:
    first, again = task_file(TASK, TEXTS), task_file(TASK, dict(reversed(TEXTS.items())))
    assert first.data == again.data and read_task(first.data, "a").task == TASK


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"name": " "}, "任务名称"),
        ({"issuer": ""}, "制发单位"),
        ({"issuer": "甲\n乙"}, "制发单位"),
        ({"year": 1800}, "年度1800"),
        ({"id": "清河县"}, "代号“清河县”"),
        ({"deadline": "2025.3.31"}, "截止日期“2025.3.31”"),
        ({"issued": "昨天"}, "发布日期"),
        ({"issue": 0}, "发布的次数"),
        ({"note": "长" * 6000}, "填报要求太长"),
        ({"note": "a\x07"}, "控制字符"),
    ],
)
def test_what_could_not_be_read_is_not_made(how: dict[str, object], words: str) -> None:
    with pytest.raises(UserError, match=words) as caught:
        task_file(TASK._replace(**how), TEXTS)  # type: ignore[arg-type]
    assert caught.value.hint
