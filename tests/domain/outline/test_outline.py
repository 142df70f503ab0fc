"""Headings: the outline a report follows, the clerk's changes to it, and the numbers."""

from __future__ import annotations

import pytest

from desktop.domain.facts import FactSheet
from desktop.domain.outline.outline import (
    Outline,
    Section,
    heading_number,
    headings_of,
    numbered,
    parse_outline,
    printed_sections,
)
from tests.domain.conftest import MakeSheet

MEANINGS = {
    "unit": {"title": "单位概况", "guidance": "写概况。", "aliases": ["概况", "基本情况"]},
    "basics": {"title": "基本情况", "aliases": []},
    "extra": {"title": "其他", "aliases": []},
}


def titles(sheet: FactSheet) -> list[str]:
    return [number + section.title for number, section in numbered(sheet.outline)]


def test_outline_takes_unstated_properties_from_the_sections_file() -> None:
    data = {
        "id": "x",
        "name": "短",
        "section": [{"id": "unit", "level": 1, "title": "部门概况"}, {"id": "basics", "level": 2}],
    }
    outline = parse_outline(data, MEANINGS)
    assert outline == Outline(
        "x",
        "短",
        (
            Section("unit", "部门概况", 1, "写概况。", aliases=("单位概况", "概况")),
            Section("basics", "基本情况", 2),
        ),
    )
    with pytest.raises(KeyError):
        parse_outline(data | {"section": [{"id": "unknown", "level": 1}]}, MEANINGS)


def test_narrative_text_stands_in_every_outline_that_has_its_section(sheet: MakeSheet) -> None:
    for name in sheet({}).templates.outlines:
        ids = [section.id for section in sheet({"paper.this.outline": name}).outline]
        assert {"unit", "general_budget", "performance", "problems", "improvements"} <= set(ids)
    assert sheet({"paper.this.outline": "gone"}).outline == sheet({}).outline


def test_five_outlines_are_numbered_as_published(sheet: MakeSheet) -> None:
    def firsts(name: str) -> list[str]:
        return [line for line in titles(sheet({"paper.this.outline": name})) if line[1] == "、"]

    assert firsts("six-part")[-1] == "六、其他需要说明的情况"
    assert firsts("ten-part")[-1] == "十、其他需要说明的情况"
    assert firsts("addressed")[6:] == [
        "七、存在的主要问题及原因分析",
        "八、下一步改进措施",
        "九、其他需要说明的情况",
    ]
    assert titles(sheet({"paper.this.outline": "addressed"}))[0] == "开头段"
    scale = titles(sheet({"paper.this.outline": "ten-part-scale"}))
    assert scale[:3] == ["一、基本情况", "（一）单位基本情况", "1.主要职能"]
    assert scale[5:9] == [
        "（二）单位整体支出规模",
        "1.整体支出情况",
        "2.预算收支决算情况",
        "3.“三公经费”支出使用和管理情况",
    ]
    assert firsts("blocks") == [
        "一、部门概况",
        "二、部门整体支出绩效实现情况",
        "三、部门整体支出绩效中存在问题及改进措施",
        "四、绩效自评结果拟应用和公开情况",
    ]
    assert "7.资产管理" in titles(sheet({"paper.this.outline": "blocks"}))


def test_changes_of_title_level_and_place_are_applied(sheet: MakeSheet) -> None:
    changed = sheet(
        {
            "headings.unit.title": "  部门概况 ",
            "headings.structure.place": "1.5",
            "headings.duties.level": "3",
            "headings.other.hidden": "是",
            "headings.own:1.title": "党建工作",
            "headings.own:1.place": "3.5",
        }
    )
    assert titles(changed)[:5] == [
        "一、部门概况",
        "（一）机构设置",
        "1.职能职责",
        "二、党建工作",
        "三、一般公共预算支出情况",
    ]
    assert titles(changed)[-1] == "十、绩效自评结果拟应用和公开情况"
    assert headings_of(changed.templates.outlines, changed.facts)[-1].hidden


def test_invalid_heading_cells_are_put_right(sheet: MakeSheet) -> None:
    odd = sheet(
        {
            "headings.unit.level": "-3",
            "headings.duties.level": "九十",
            "headings.structure.level": "99",
            "headings.own:1.level": "2",
            "headings.opening.level": "2",
            "paper.this.outline": "addressed",
        }
    )
    assert titles(odd)[:2] == ["开头段", "一、单位基本情况"]
    assert titles(odd)[-1] == "（一）未命名标题"
    levels = {section.id: section.level for section in odd.outline}
    assert levels["opening"] == 0 and set(levels.values()) <= {0, 1, 2, 3, 4}


def test_hidden_headings_are_not_numbered(sheet: MakeSheet) -> None:
    assert titles(sheet({"headings.unit.hidden": "是"}))[:2] == ["（一）职能职责", "（二）机构设置"]
    assert printed_sections([]) == ()


def test_heading_number_follows_its_level() -> None:
    samples = ("-", "一、", "（一）", "1.", "（1）", "第一部分", "①", "1.1", "1.1.1")
    assert [heading_number(sample, (2, 3, 12)) for sample in samples] == [
        "", "十二、", "（十二）", "12.", "（12）", "第十二部分\u3000", "⑫", "3.12 ", "2.3.12 ",
    ]  # fmt: skip


def test_lower_numbers_begin_anew_below_each_heading() -> None:
    sections = [Section(str(i), "", level) for i, level in enumerate((1, 2, 4, 4, 0, 2, 3, 1, 2))]
    numbers = [number for number, _ in numbered(sections)]
    assert numbers == ["一、", "（一）", "（1）", "（2）", "", "（二）", "1.", "二、", "（一）"]
