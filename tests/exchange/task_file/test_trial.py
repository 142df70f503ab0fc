"""A report of the task is tried out before anybody has one; what goes wrong is the task's fault, in words."""

from __future__ import annotations

import pytest

from desktop.exchange.task_file import trial
from desktop.exchange.task_file.trial import try_out
from tests.forms import OTHER_FORMS, templates_with
from tests.places import RESOURCES


@pytest.mark.parametrize("name", OTHER_FORMS)
def test_known_forms_can_be_filled_in(name: str) -> None:
    templates = templates_with(name)
    assert try_out(templates, templates.editions[name], RESOURCES) == ""


@pytest.mark.parametrize(
    ("part", "words"),
    [("pdf_file", "印出时出错"), ("xlsx_file", "写成 Excel时出错"), ("audited", "核对时出错")],
)
def test_what_goes_wrong_is_told(monkeypatch: pytest.MonkeyPatch, part: str, words: str) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(trial, part, fail)
    templates = templates_with()
    assert words in try_out(templates, templates.edition, RESOURCES)
