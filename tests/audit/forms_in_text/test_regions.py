"""Where forms begin and end in a text, also those that nobody gave a title."""

from __future__ import annotations

from desktop.audit.forms_in_text.regions import annex_regions
from desktop.audit.text.flat_text import Text
from tests.audit.annex_layouts import ANNEX1, ANNEX2, annex3, tabbed


def forms(raw: str) -> list[tuple[str, str]]:
    """The forms with the words that they begin with."""
    text = Text(raw)
    return [(r.form, text.flat[r.start : r.start + 6]) for r in annex_regions(text)]


def test_a_table_without_a_title_is_known_by_what_stands_below_the_unit() -> None:
    body = (
        "一、单位基本情况\n数据见下表。\n",
        "三、政府性基金预算支出情况\n支出79万元。\n",
        "六、支出绩效情况\n无。\n",
    )
    raw = body[0] + tabbed(ANNEX1[1:-2]) + body[1] + tabbed(ANNEX2[2:-1]) + body[2]
    assert forms(raw) == [
        ("附件1", "预算单位名称"),
        ("附件2", "预算单位名称"),
    ]
    text = Text(raw)
    outside = text.flat
    for region in reversed(annex_regions(text)):
        outside = outside[: region.start] + outside[region.end :]
    assert outside == "".join("".join(body).split())


def test_a_head_called_项目名称_within_a_row_begins_no_form() -> None:
    rows = [list(row) for row in ANNEX1]
    at = next(k for k, row in enumerate(rows) if "批复规模\n(m²)" in row)
    rows[at].append("项目名称")
    assert [form for form, _ in forms(tabbed(rows))] == ["附件1"]


def test_a_second_project_beside_the_first_is_within_its_form() -> None:
    rows = [list(row) * 2 if len(row) > 1 else list(row) for row in annex3("甲工程", "10", "9")]
    assert [form for form, _ in forms(tabbed(rows))] == ["附件3"]


def test_a_list_of_projects_within_the_text_is_no_form() -> None:
    rows = [["项目名称", "全年预算数", "全年执行数", "执行率"], ["水库加固", "100", "98", "98%"]]
    assert forms("一、支出情况\n见下表。\n" + tabbed(rows) + "（二）内控管理\n制度健全。\n") == []


def test_text_below_a_form_without_a_title_begins_with_any_heading() -> None:
    raw = "一、基本情况\n见下表。\n" + tabbed(ANNEX1[1:-2]) + "（二）人员情况。\n编制六十二人。\n"
    text = Text(raw)
    (region,) = annex_regions(text)
    assert text.flat[region.end :] == "（二）人员情况。编制六十二人。"
