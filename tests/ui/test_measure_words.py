"""The numbers of a text by measure and stage: columns, values told twice, the table's values, what contradicts."""

from __future__ import annotations

import pytest

from desktop.audit.evidence import PROVED, REFUTED, UNCHECKED
from desktop.audit.read_as import ReadAs
from desktop.ui.audit_runner import Words
from desktop.ui.measure_words import (
    DIFFERS,
    LAST_YEAR,
    MOVED,
    NOW,
    OF_BUDGET,
    OF_YEAR,
    RATE_MOVED,
    RATES,
    MeasureRow,
    measures_of,
    places_of,
)
from desktop.ui.number_words import NumberLine


def line(number: str, read: ReadAs, state: str = PROVED, table: str = "", order: int = 0) -> NumberLine:
    return NumberLine(number, "", "一、预算", state, table, "同数", Words("a", order, order + 1), read, order)


def money(number: str, stage: str = "", name: str = "公用经费", **more: str) -> NumberLine:
    return line(number, ReadAs(name, stage, "2023", "金额"), **more)  # type: ignore[arg-type]


def row_of(*lines: NumberLine) -> MeasureRow:
    (row,) = measures_of(lines, 2023)
    return row


@pytest.mark.parametrize(
    ("number", "read", "column", "words"),
    [
        ("9.50万元", ReadAs("甲", "决算", "2022", "金额"), LAST_YEAR, "9.50"),
        ("9.50万元", ReadAs("甲", "年初预算", "2022", "金额"), LAST_YEAR, "预算9.50"),
        ("9.50万元", ReadAs("甲", "决算", "2021", "金额"), LAST_YEAR, "2021年9.50"),
        ("8万元", ReadAs("甲", "年初预算", "2023", "金额"), OF_YEAR, "8"),
        ("8万元", ReadAs("甲", "年初预算", "2024", "金额"), OF_YEAR, "2024年8"),
        ("8万元", ReadAs("甲", "全年预算", "2023", "金额"), OF_BUDGET, "8"),
        ("30元", ReadAs("甲", "", "", "金额"), NOW, "30元"),
        ("9分", ReadAs("甲", "", "2023", "得分"), NOW, "得分9分"),
        ("1万元", ReadAs("甲", "较上年", "2023", "减少额"), MOVED, "减1"),
        ("1万元", ReadAs("甲", "较预算", "2023", "增加额"), MOVED, "较预算增1"),
        ("1万元", ReadAs("甲", "年中追加", "2023", "增加额"), MOVED, "追加1"),
        ("5%", ReadAs("甲", "预算较上年", "2023", "下降率"), RATE_MOVED, "预算降5%"),
        ("95％", ReadAs("甲", "", "2023", "执行率"), RATES, "执行95％"),
        ("60%", ReadAs("甲", "", "2023", "占比"), RATES, "占60%"),
        ("94%", ReadAs("甲", "", "2022", "执行率"), RATES, "上年执行94%"),
        ("93%", ReadAs("满意度", "", "2023", "比率"), RATES, "93%"),
    ],
)
def test_a_number_stands_in_the_column_of_its_stage(
    number: str, read: ReadAs, column: int, words: str
) -> None:
    told = row_of(line(number, read)).told
    assert {place: value.words for place, value in told.items()} == {column: words}


def test_a_value_told_twice_stands_once_and_knows_both_places() -> None:
    told = row_of(money("58.93万元", order=2), money("58.9万元", order=9), money("589300元", order=5)).told[
        NOW
    ]
    assert told.words == "58.93" and not told.differs
    assert [place.start for place in places_of(told.lines)] == [2, 5, 9]


def test_two_values_of_one_figure_are_both_shown_and_marked() -> None:
    row = row_of(money("58.93万元"), money("59.83万元"))
    assert row.told[NOW].words == "58.93\n59.83" and row.told[NOW].differs and row.has(DIFFERS)
    assert "前后说法不一" in "".join(row.told[NOW].hint())


@pytest.mark.parametrize(
    "reads",
    [
        (ReadAs("甲", "", "2023", "占比"), ReadAs("甲", "", "2023", "执行率")),
        (ReadAs("甲", "较上年", "2023", "增加额"), ReadAs("甲", "较预算", "2023", "增加额")),
        (ReadAs("整改到位", "", "2023", "数量"), ReadAs("整改到位", "", "2023", "数量")),
    ],
)
def test_two_figures_of_one_column_do_not_contradict(reads: tuple[ReadAs, ReadAs]) -> None:
    (told,) = row_of(line("5%", reads[0]), line("9%", reads[1])).told.values()
    assert len(told.values) == 2 and not told.differs


def test_staff_told_twice_contradicts_and_people_served_do_not() -> None:
    told = [
        line(n, ReadAs(name, "", "2023", "人数")) for name in ("在职人员", "培训") for n in ("5人", "6人")
    ]
    staff, served = measures_of(told, 2023)
    assert staff.has(DIFFERS) and not served.has(DIFFERS)


@pytest.mark.parametrize(
    ("number", "table", "words"),
    [
        ("58.93万元", "58.93", "58.93 ＝表"),
        ("589300元", "58.93", "589300元 ＝表"),
        ("58.93万元", "59.83", "58.93 ≠表59.83"),
    ],
)
def test_the_value_of_the_table_stands_beside(number: str, table: str, words: str) -> None:
    told = row_of(money(number, table=table)).told[NOW]
    assert told.words == words and told.leaves_the_table == ("≠" in words)


def test_a_cell_has_the_gravest_state_of_its_numbers() -> None:
    told = row_of(money("5万元"), money("5万元", state=UNCHECKED)).told[NOW]
    assert told.state == UNCHECKED
    assert row_of(money("5万元"), money("5万元", state=REFUTED)).told[NOW].state == REFUTED


def test_measures_come_as_they_are_told_with_work_counted_behind() -> None:
    work = line("12次", ReadAs("巡查", "", "2023", "数量"))
    rows = measures_of([work, money("5万元"), line("1万元", ReadAs()), money("3万元", name="差旅费")], 2023)
    assert [row.name for row in rows] == ["公用经费", "差旅费", "巡查"]


def test_a_hint_tells_the_number_in_full() -> None:
    (said,) = row_of(money("58.93万元", "年初预算", table="58.93")).told[OF_YEAR].hint()
    assert said == "58.93万元（2023年，年初预算，金额）相符；表中 58.93；见一、预算：同数"
