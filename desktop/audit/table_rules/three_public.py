"""Rules over 三公经费 (附件1): a rise that nobody explains."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.audit.finding import CHECK, Finding
from desktop.audit.table_audit import Tables, show_amount, table_check
from desktop.domain.keys import FactKey
from desktop.domain.numbers import show_percent

_REASONS = ("原因", "主要是", "主要因", "因为", "由于")
"""`主要是更新车辆`."""


@table_check("R17d", "三公经费与上年相比")
def more_than_last_year(tables: Tables) -> Iterator[Finding]:
    """三公经费 above last year's, and no note that says why, nor a sentence or the one behind it.

    A check of the 决算 programs, YN16 (docs/domain.md 6.1).
    """
    last, now = (tables.number("three_public", "total", column) for column in ("last_final", "final"))
    if last is None or now is None or now <= last:
        return
    notes = (k for k in tables.sheet.facts if k.table == "three_public" and k.column == "note")
    if any(tables.sheet.text(key).strip() for key in notes) or _rise_explained(tables.body):
        return
    share = f"，增长{show_percent((now - last) / last)}" if last else ""
    message = f"三公经费决算{show_amount(now)}万元，比上年{show_amount(last)}万元增加{show_amount(now - last)}万元{share}"
    message += "，没有说明原因"
    keys = (FactKey("three_public", "total", column) for column in ("last_final", "final"))
    yield tables.finding("R17d", CHECK, message, *keys)


def _rise_explained(body: str) -> bool:
    """`“三公”经费比上年增加2万元。主要是更新车辆。`"""
    sentences = body.replace("\n", "。").split("。")
    return any(
        "三公" in sentence and "增" in sentence and any(word in sentence + following for word in _REASONS)
        for sentence, following in zip(sentences, [*sentences[1:], ""], strict=True)
    )
