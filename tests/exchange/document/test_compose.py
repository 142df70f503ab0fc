"""The document that is printed: its order, its headings, what stands in for missing text, and no residue."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop.domain.assessment import Assessment
from desktop.domain.keys import FactKey
from desktop.domain.outline.outline import CHOSEN
from desktop.exchange.document.blocks import (
    Addressee,
    AnnexList,
    AnnexMark,
    Block,
    ChartBlock,
    Cover,
    Heading,
    PageBreak,
    Paragraph,
    Signature,
    Title,
)
from desktop.exchange.document.compose import Document, Gap, chinese_date, compose
from desktop.exchange.document.section_blocks import paragraphs
from desktop.resource_files.sample import sample_reports
from desktop.resource_files.templates import load_templates
from tests.exchange.block_text import plain_text
from tests.places import RESOURCES

TEMPLATES = load_templates(RESOURCES)
SAMPLE = max(sample_reports(RESOURCES), key=lambda report: report.year)
FUND = FactKey("annex2_funds", "fund", "executed")


def document(facts: dict[FactKey, str], system: str = "form-2023") -> Document:
    return compose(Assessment(TEMPLATES, facts, 2023, system))


def printed_as(**choices: str) -> Document:
    """The sample unit's report with other choices on the page 报告格式."""
    chosen = {FactKey("paper", "this", column): text for column, text in choices.items()}
    return document({**SAMPLE.facts, **chosen})


@pytest.fixture(scope="module")
def sample() -> Document:
    return compose(Assessment(TEMPLATES, SAMPLE.facts, SAMPLE.year, SAMPLE.system))


def headings(document: Document) -> list[str]:
    return [block.number + block.text for block in document.blocks if isinstance(block, Heading)]


def kinds(document: Document) -> list[type[Block]]:
    return [type(block) for block in document.blocks]


def test_every_section_has_its_heading_once_and_in_order(sample: Document) -> None:
    wanted = [
        "一、单位基本情况",
        "（一）职能职责",
        "（二）机构设置",
        "二、一般公共预算支出情况",
        "（一）基本支出情况",
        "（二）项目支出情况",
        "三、政府性基金预算支出情况",
        "四、国有资本经营预算支出情况",
        "五、社会保险基金预算支出情况",
        "六、部门整体支出绩效情况",
        "七、存在的问题及原因分析",
        "八、下一步改进措施",
        "九、绩效自评结果拟应用和公开情况",
        "十、其他需要说明的情况",
    ]
    assert headings(sample) == wanted
    assert headings(document({})) == wanted


def test_title_cover_and_signature_name_unit_and_date(sample: Document) -> None:
    assert sample.title == "2023年度清河县农业农村局整体支出绩效自评报告"
    assert sample.author == "清河县农业农村局"
    cover = sample.blocks[0]
    assert isinstance(cover, Cover)
    assert cover.title == ("2023年度", "部门整体支出绩效自评报告")
    assert cover.lines == ("部门（单位）名称：清河县农业农村局（盖章）", "2024年3月18日")
    (signature,) = (block for block in sample.blocks if isinstance(block, Signature))
    assert (signature.name, signature.date) == ("清河县农业农村局", "2024年3月18日")


def test_long_title_is_parted_behind_the_unit_name() -> None:
    short = document({FactKey("unit", "this", "name"): "财政局"})
    titles = [block.text for block in short.blocks if isinstance(block, Title)]
    assert titles[0] == "2023年度财政局整体支出绩效自评报告"
    long = document({FactKey("unit", "this", "name"): "清河县农业农村局"})
    titles = [block.text for block in long.blocks if isinstance(block, Title)]
    assert titles[0] == "2023年度清河县农业农村局\n整体支出绩效自评报告"


def test_own_title_stands_on_cover_and_report() -> None:
    own = "2023年清河县农业农村局部门整体支出绩效评价报告"
    made = printed_as(title=f" {own}\n")
    assert made.title == own
    parted = ("2023年清河县农业农村局", "部门整体支出绩效评价报告")
    assert isinstance(made.blocks[0], Cover) and made.blocks[0].title == parted
    titles = [block.text for block in made.blocks if isinstance(block, Title)]
    assert titles[0] == "\n".join(parted)
    assert Title("情况报告") in printed_as(title="情况报告").blocks


def test_addressee_follows_the_title_with_its_colon(sample: Document) -> None:
    for typed in ("清河县财政局", "清河县财政局：", " 清河县财政局: "):
        made = printed_as(addressee=typed)
        place = kinds(made).index(Addressee)
        assert kinds(made)[place - 1] is Title and made.blocks[place] == Addressee("清河县财政局：")
    assert Addressee not in kinds(printed_as(addressee=" ")) and Addressee in kinds(sample)


def test_report_without_cover_begins_with_its_title() -> None:
    assert kinds(printed_as(cover="否"))[0] is Title
    found = kinds(printed_as(cover="否", annexes_first="是"))
    assert Cover not in found
    assert found[found.index(Title, found.index(Heading) - 3) - 1] is PageBreak


def test_opening_is_printed_without_a_heading() -> None:
    made = document({FactKey("paper", "this", "outline"): "addressed"})
    place = kinds(made).index(Title) + 1
    assert isinstance(made.blocks[place], Paragraph) and isinstance(made.blocks[place + 1], Heading)
    assert headings(made)[0] == "一、单位基本情况" and "一、单位基本情况" in made.missing
    written = document(
        {
            FactKey("paper", "this", "outline"): "addressed",
            FactKey("narrative", "opening", "text"): "根据通知要求，现将情况报告如下。",
        }
    )
    assert "根据通知要求" in plain_text(written.blocks) and "开头段" not in plain_text(written.blocks)


def test_headings_of_four_levels_are_printed_with_their_numbers() -> None:
    made = document(
        {
            FactKey("paper", "this", "outline"): "ten-part-scale",
            FactKey("headings", "own:1", "title"): "行政编制",
            FactKey("headings", "own:1", "level"): "4",
            FactKey("headings", "own:1", "place"): "5.5",
        }
    )
    assert headings(made)[:6] == [
        "一、基本情况",
        "（一）单位基本情况",
        "1.主要职能",
        "2.机构设置",
        "3.人员编制",
        "（1）行政编制",
    ]


def test_annexes_follow_the_body_or_precede_it(sample: Document) -> None:
    found = kinds(sample)
    assert found.index(Cover) == 0
    assert found.index(AnnexList) < found.index(Signature) < found.index(AnnexMark)
    found = kinds(printed_as(annexes_first="是"))
    assert found.index(AnnexMark) == 0
    assert found.index(Cover) < found.index(Heading)
    assert AnnexList not in found


def test_annex_list_names_each_form_once(sample: Document) -> None:
    (titles,) = (block.titles for block in sample.blocks if isinstance(block, AnnexList))
    assert titles == (
        "2023年度预算单位整体支出绩效评价基础数据表",
        "2023年度预算单位整体支出绩效自评表",
        "2023年度项目支出绩效自评表",
    )
    marks = [block.mark for block in sample.blocks if isinstance(block, AnnexMark)]
    assert marks == ["附件1", "附件2", "附件3-1", "附件3-2", "附件3-3"]


def test_text_is_split_into_paragraphs_and_keeps_typed_numbers() -> None:
    text = "\n 1. 第一条\r\n\r\n（1）第一款\u2028\u3000\u3000第二条 \n"
    found = [block.text for block in paragraphs(text) if isinstance(block, Paragraph)]
    assert found == ["1. 第一条", "（1）第一款", "第二条"]


def test_line_numbered_in_brackets_becomes_a_heading() -> None:
    heading, mixed, long = paragraphs(
        "（一）强化组织领导\n（二）严格管理。全年开展检查12次。\n（三）" + "长" * 41
    )
    assert heading == Heading(2, "（一）", "强化组织领导")
    assert isinstance(mixed, Paragraph)
    assert [(run.text, run.heading) for run in mixed.runs] == [
        ("（二）严格管理。", True),
        ("全年开展检查12次。", False),
    ]
    assert isinstance(long, Paragraph)


def test_sections_without_text_print_their_heading_and_are_listed() -> None:
    empty = document({})
    assert empty.missing == (
        "单位名称",
        "填报日期",
        "（一）职能职责",
        "（二）机构设置",
        "（一）基本支出情况",
        "（二）项目支出情况",
        "六、部门整体支出绩效情况",
        "七、存在的问题及原因分析",
        "八、下一步改进措施",
        "九、绩效自评结果拟应用和公开情况",
    )
    for residue in ("请填", "请选", "未填", "尚未", "还没有", "None", "……", "此页为"):
        assert residue not in plain_text(empty.blocks)


def test_duties_and_structure_fall_back_on_the_unit_page() -> None:
    found = document({FactKey("unit", "this", "duties"): "负责全县粮食生产。"})
    assert "负责全县粮食生产。" in plain_text(found.blocks)
    assert "（一）职能职责" not in found.missing
    own = FactKey("narrative", "duties", "text")
    both = document({FactKey("unit", "this", "duties"): "负责全县粮食生产。", own: "承担粮食安全责任。"})
    assert "负责全县粮食生产。" not in plain_text(both.blocks)


def test_fields_are_printed_with_their_values_and_missing_data_listed() -> None:
    key = FactKey("narrative", "problems", "text")
    text = "公务接待费⟦three_public.reception.final⟧万元，上年⟦three_public.reception.last_final⟧万元。"
    made = document({key: text, FactKey("three_public", "reception", "final"): "1.76"})
    assert "公务接待费1.76万元，上年〔未填：公务接待·2022年决算数〕万元。" in plain_text(made.blocks)
    gap = next(gap for gap in made.gaps if gap.name == "存在的问题及原因分析：公务接待·2022年决算数")
    assert gap.key == key


def test_text_without_a_heading_in_the_outline_is_listed() -> None:
    key = FactKey("narrative", "structure", "text")
    text = "内设股室12个，\n干部⟦staff.total.in_post⟧人。"
    made = document({key: text, FactKey("staff", "total", "in_post"): "47", CHOSEN: "addressed"})
    assert "内设股室" not in plain_text(made.blocks)
    assert made.unplaced == (Gap("机构设置（14字）", key),)
    nameless = FactKey("narrative", "own:9", "text")
    assert document({nameless: "正文"}).unplaced == (Gap("没有标题的文字（2字）", nameless),)


def test_blank_text_counts_as_missing() -> None:
    assert (
        "七、存在的问题及原因分析"
        in document({FactKey("narrative", "problems", "text"): " \n\u3000"}).missing
    )


def test_starting_text_is_printed_unless_the_figures_disprove_it() -> None:
    sentence = "我单位2023年度无政府性基金预算支出。"
    assert sentence in plain_text(document({FUND: "0"}).blocks)
    told = document({FUND: "12.5"})
    assert sentence not in plain_text(told.blocks)
    assert "三、政府性基金预算支出情况" in told.missing


def test_charts_follow_their_sections_and_can_be_left_out(sample: Document) -> None:
    assert [b.kind for b in sample.blocks if isinstance(b, ChartBlock)] == ["three_public", "execution"]
    place = kinds(sample).index(ChartBlock)
    before = [b.text for b in sample.blocks[:place] if isinstance(b, Heading)]
    assert before[-1] == "基本支出情况"
    assert ChartBlock not in kinds(printed_as(charts="否"))


def test_chart_shows_only_filled_in_groups() -> None:
    assert ChartBlock not in kinds(document({}))
    assert ChartBlock not in kinds(document({FactKey("three_public", "reception", "final"): "3"}))
    full = {
        FactKey("three_public", "reception", c): v
        for c, v in zip(("last_final", "budget", "final"), "321", strict=True)
    }
    (chart,) = (block for block in document(full).blocks if isinstance(block, ChartBlock))
    assert [group.label for group in chart.data.groups] == ["三公经费", "公务接待"]
    assert chart.data.groups[1].values == (Decimal(3), Decimal(2), Decimal(1))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("2024-05-06", "2024年5月6日"),
        ("2024/5/6", "2024年5月6日"),
        ("2024年 5 月 6 日 ", "2024年5月6日"),
        ("2024-05-06 00:00:00", "2024年5月6日"),
        ("2024年5月", "2024年5月"),
        ("2024-13-45", "2024-13-45"),
        ("五月上旬", "五月上旬"),
        ("", ""),
    ],
)
def test_dates_are_written_without_leading_zeros(typed: str, shown: str) -> None:
    assert chinese_date(typed) == shown


def test_signature_name_is_centred_over_the_date() -> None:
    assert Signature("清河县农业农村局", "2024年5月6日").right_indents() == (3.0, 4.0)
    assert Signature("某" * 20, "2024年5月6日").right_indents() == (0.0, 7.0)
