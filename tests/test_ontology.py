"""The ontology is checked when it is read, and keeps what its own file promises."""

from __future__ import annotations

import re
from typing import Any

import pytest

from desktop.ontology import Node, Parts, ontology, parse_ontology


def data(**changed: Any) -> dict[str, Any]:
    fees = {"会议费": {"names": ["会务费"]}, "培训费": {}}
    return {"nodes": fees, "set": [], "staff": {}, "scopes": {}} | changed


def test_a_node_is_shown_by_its_key_if_nothing_is_said() -> None:
    found = parse_ontology(data())
    assert found.nodes["会议费"] == Node("会议费", "会议费", ("会务费",))
    assert (found.name_of("培训费"), found.name_of("没有听说过的费")) == ("培训费", "没有听说过的费")


def test_sets_are_closed_or_open_and_tell_what_is_under_a_whole() -> None:
    sets = [
        {"whole": "会训费", "parts": ["会议费", "培训费"], "closed": True},
        {"whole": "会训费", "parts": ["会议费"]},
    ]
    found = parse_ontology(data(set=sets))
    assert found.sets[0] == Parts("会训费", ("会议费", "培训费"), closed=True)
    assert found.closed == (("会训费", ("会议费", "培训费")),)
    assert [node.id for node in found.under("会训费")] == ["会议费", "培训费"]


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        (data(set=[{"whole": "会训费", "parts": ["会议费", "差旅费"]}]), "差旅费"),
        (
            data(nodes={"会议费": {"names": ["会务费"]}, "会务费": {}}),
            "会务费 is a name of 会议费 and of 会务费",
        ),
        (data(nodes={"会议费": {"nmaes": ["会务费"]}}), "会议费"),
        (data(nodes={"会议费": {"patterns": [{"like": "会议"}]}}), "sample"),
        (data(set=[{"whole": "会训费", "parts": ["会议费"], "open": True}]), "open"),
        (data(set=[{"whole": "会训费"}]), "会训费"),
        (data(staff={"女": {"by": ["sex"], "like": "女"}}), "女"),
    ],
)
def test_what_is_wrong_is_told_with_its_entry(wrong: dict[str, Any], word: str) -> None:
    with pytest.raises(ValueError, match=word):
        parse_ontology(wrong)


def test_every_part_of_a_closed_set_and_its_whole_are_figures_of_a_text() -> None:
    for whole, parts in ontology().closed:
        assert {whole, *parts} <= ontology().nodes.keys()
        assert len(set(parts)) == len(parts) > 1


def test_nothing_is_a_part_of_itself() -> None:
    def below(node: str, seen: tuple[str, ...] = ()) -> None:
        assert node not in seen, seen
        for part in ontology().under(node):
            below(part.id, (*seen, node))

    for found in ontology().sets:
        below(found.whole)


def test_every_pattern_and_kind_of_staff_is_found_in_its_sample() -> None:
    patterns = [pattern for node in ontology().nodes.values() for pattern in node.patterns]
    for pattern in (*patterns, *ontology().staff.values()):
        assert re.search(pattern.like, pattern.sample), pattern
    assert ontology().staff_by("work") == {"管理", "专技", "工勤"}
