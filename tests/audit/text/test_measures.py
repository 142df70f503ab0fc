"""The noun that a number is of, and how many of the usual names of the main figures are known."""

from __future__ import annotations

import json

import pytest

from desktop.audit.read_as import read_as
from desktop.audit.text.measures import ends_as, is_name, measure_of, words_under
from desktop.audit.text.reading import Reading
from desktop.ontology import ontology
from tests.places import ROOT

SYNONYMS = ROOT.parent / "shared" / "cases" / "synonyms.json"
"""Figure -> what it is called, as names were collected from reports. The file is no part of the project."""
FIGURES = {"总支出(决算)": "支出", "总支出(预算)": "支出", "总收入": "收入"}
"""What the file calls a node otherwise."""
PEOPLE = ("在职人员", "编制")


def test_the_ontology_knows_its_own_names() -> None:
    """Whatever else is found in a name first: its own node's is what it is."""
    for node in ontology().nodes.values():
        names = (*node.all_names, *node.beside, *(pattern.sample for pattern in node.patterns))
        assert {name: measure_of(name) for name in names} == dict.fromkeys(names, node.id)


@pytest.mark.parametrize(
    ("words", "measure"),
    [
        ("其中：我局本年度“三公”经费决算共计", "三公经费"),
        ("支出决算为", "支出"),
        ("年度预算安排", ""),
        ("末在职人员", "在职人员"),  # of `2023年末在职人员`, whose year stands before the label
        ("社会保障与就业（类）支出", "社会保障就业支出"),
        ("一般公共服务支出", "一般公共服务支出"),
        ("水质监测经费", "水质监测经费"),
        ("一般公共预算收入", "公财拨款收入"),
    ],
)
def test_a_measure_is_what_is_left_of_the_words_or_its_node(words: str, measure: str) -> None:
    assert measure_of(words) == measure


def test_a_label_ends_as_a_node_whatever_stands_before() -> None:
    assert ends_as("人员经费中住房公积金") == "住房公积金"
    assert ends_as("卫生健康（类）支出") == "卫生健康支出"
    assert ends_as("其他卫生健康支出") == ends_as("水质监测经费") == ends_as("") == ""
    assert ends_as("劳务派遣支出") == ""  # 支出 alone ends many names


def test_a_name_that_needs_others_beside_it_is_none_by_itself() -> None:
    assert is_name("公务接待费") and is_name("社会保障和就业")
    assert not is_name("接待") and not is_name("县级教育支出")


def test_what_a_unit_is_to_spend_less_on_is_found_by_how_its_names_begin() -> None:
    found = words_under("一般性支出").findall("公车运行维护费、接待费、会议费、租赁费")
    assert found == ["公车", "接待费", "会议费"]


def test_the_usual_names_of_the_main_figures_are_known() -> None:
    """All 67; 6 of them are told as what they are, a part: 工资福利支出 of 人员经费, 事业编制 of 编制."""
    if not SYNONYMS.is_file():
        pytest.skip(f"no {SYNONYMS}, which is not part of the project")
    names = [
        (f, name)
        for f, all_names in json.loads(SYNONYMS.read_text(encoding="utf-8")).items()
        for name in all_names
    ]
    whole = [(f, name) for f, name in names if _measure(name, f in PEOPLE) == FIGURES.get(f, f)]
    parts = [(f, n) for f, n in names if _measure(n, f in PEOPLE) in _below(FIGURES.get(f, f))]
    assert [pair for pair in names if pair not in whole and pair not in parts] == []
    assert (len(names), len(whole), len(parts)) == (67, 61, 6)


def _measure(name: str, people: bool) -> str:
    """The node as which the window shows it."""
    (read,) = read_as(Reading(f"2023年，我局{name}{'45人' if people else '820.00万元'}。")).values()
    shown = read.measure.replace("总计", "合计")  # `支出总计` of the account's last line is a row of its own
    return next((node.id for node in ontology().nodes.values() if node.shown == shown), "")


def _below(whole: str) -> set[str]:
    return {node.id for part in ontology().under(whole) for node in (part, *ontology().under(part.id))}
