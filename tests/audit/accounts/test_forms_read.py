"""A report on final accounts tells which of its tables were read."""

from __future__ import annotations

import pytest

from desktop.audit.accounts.account import accounts_of
from desktop.audit.accounts.forms import CAPITAL, FISCAL_TOTAL, FORMS, INCOME, SPENDING
from desktop.audit.accounts.forms_read import FormsRead, forms_read
from desktop.audit.text.flat_text import Text
from tests.audit.account_documents import document


def read(raw: str) -> FormsRead | None:
    text = Text(raw)
    return forms_read(text, accounts_of(text))


def test_tables_that_are_there_were_read_also_empty_ones() -> None:
    found = read(document())
    assert found is not None and found.unread == (INCOME, FISCAL_TOTAL, CAPITAL)
    assert found.in_words().endswith(
        "；没有读到：收入决算表、财政拨款收入支出决算总表、国有资本经营预算财政拨款支出决算表"
    )
    assert found.in_words().startswith("读到：收入支出决算总表、支出决算表、")


def test_a_table_whose_heads_are_not_known_was_not_read() -> None:
    found = read(document(("本年支出合计\n\t基本支出", "本年支出合计\n\t基本支出（含其他）")))
    assert found is not None and SPENDING in found.unread


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("".join(f"{form}\n（见图）\n" for form in FORMS), "九张决算表一张也没有读到"),
        ("支出决算表见附件。\n部门整体支出绩效自评报告\n", None),
        (document().replace("决算", "预算"), None),
    ],
    ids=["pictures", "an evaluation", "a budget"],
)
def test_only_a_report_on_final_accounts_tells_its_tables(raw: str, words: str | None) -> None:
    found = read(raw)
    assert (found.in_words() if found else None) == words


def test_all_nine_are_told_in_short() -> None:
    assert FormsRead(FORMS, ()).in_words() == "九张决算表都读到了"
