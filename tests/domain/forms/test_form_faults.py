"""Whoever writes a form is told what is wrong with it; the shipped ones are whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain.forms.form_faults import form_faults
from desktop.domain.forms.printed_form import FormCell, FormLine, FormPart
from tests.forms import OTHER_FORMS, templates_with

TEMPLATES = templates_with(*OTHER_FORMS)


@pytest.mark.parametrize("edition", TEMPLATES.editions)
def test_forms_are_whole(edition: str) -> None:
    assert list(form_faults(TEMPLATES.with_forms(edition))) == []


def faults_of(*lines: FormLine) -> list[str]:
    edition = TEMPLATES.edition
    annex1 = replace(edition.printed[0], parts=(FormPart(lines, (1.0,) * 7),))
    return list(form_faults(TEMPLATES._replace(edition=replace(edition, printed=(annex1,)))))


def test_a_line_that_is_too_short_or_too_long_is_told() -> None:
    assert faults_of(FormLine((FormCell("text", text="甲", cols=6),))) == ["附件1，第1部分第1行：第7栏空着"]
    assert faults_of(FormLine((FormCell("text", text="甲", cols=8),))) == [
        "附件1，第1部分第1行：“甲”没有位置"
    ]


def test_a_cell_that_reaches_below_its_part_is_told() -> None:
    assert faults_of(FormLine((FormCell("text", text="甲", cols=7, rows=2),))) == [
        "附件1，第1部分第1行：“甲”没有位置"
    ]


def test_a_cell_of_no_table_is_told() -> None:
    (fault,) = faults_of(FormLine((FormCell("values", of="nothing.total", cols=7),)))
    assert "nothing" in fault
