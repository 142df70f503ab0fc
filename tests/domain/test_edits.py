"""Edits: only real changes, each turned round exactly."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.edits import Edit, edit_from
from desktop.domain.keys import FactKey, ReportId

REPORT = ReportId(1, 2023)
keys = st.builds(FactKey, st.sampled_from("tu"), st.sampled_from("rs"), st.sampled_from("cd"))
facts_of = st.dictionaries(keys, st.text(min_size=1, max_size=3))
wanted_of = st.lists(st.tuples(keys, st.none() | st.text(max_size=3)))


def applied(facts: dict[FactKey, str], edit: Edit) -> dict[FactKey, str]:
    result = dict(facts)
    for change in edit.changes:
        assert result.get(change.key) == change.before
        if change.after is None:
            del result[change.key]
        else:
            result[change.key] = change.after
    return result


@given(facts_of, wanted_of)
def test_edit_gives_the_wanted_cells_and_its_inverse_restores_them(
    facts: dict[FactKey, str], wanted: list[tuple[FactKey, str | None]]
) -> None:
    edit = edit_from(REPORT, "填写", facts, wanted)
    after = applied(facts, edit)
    assert all((after.get(key) or None) == (value or None) for key, value in dict(wanted).items())
    assert applied(after, edit.inverse()) == facts
    assert edit.inverse().inverse() == edit


def test_edit_without_changes_is_false() -> None:
    key = FactKey("t", "r", "c")
    assert not edit_from(REPORT, "填写", {key: "1"}, [(key, "2"), (key, "1")])
    assert not edit_from(REPORT, "填写", {}, [(key, ""), (FactKey("t", "r", "d"), None)])
    assert edit_from(REPORT, "填写", {key: "1"}, [(key, "")]).changes[0].after is None


def test_lone_surrogates_become_replacement_characters() -> None:
    key = FactKey("unit", "this", "name")
    edit = edit_from(ReportId(1, 2023), "导入 \udcff.docx", {}, [(key, "农业\ud83d局")])
    assert edit.changes[0].after == "农业�局"
    edit.label.encode()
