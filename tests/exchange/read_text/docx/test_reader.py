"""A Word document is read as it is printed: numbers Word counts, boxes and notes in; what is not shown out."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from desktop.errors import UserError
from desktop.exchange.file_kind import open_source
from desktop.exchange.read_text.any_file import lines_in, read_lines, read_text
from desktop.exchange.read_text.docx import parts
from desktop.exchange.read_text.lines import CellPlace, DocumentLine, LineType
from tests.exchange.word_files import docx, family, in_list, level, paragraph, run, saved, table, use

HEADINGS = (
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="1"/>'
    '<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="own"><w:name w:val="标题甲"/><w:basedOn w:val="2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="3"><w:name w:val="heading 3"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="toc"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="character" w:styleId="dark"><w:rPr><w:vanish/></w:rPr></w:style>'
)
STYLED = family(
    1,
    level(0, "chineseCounting", "%1、", '<w:pStyle w:val="1"/>'),
    level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="2"/>'),
    level(2, "decimal", "%3."),
) + use(1, 1)


def styled(text: str, style: str) -> str:
    return paragraph(text, f'<w:pStyle w:val="{style}"/>')


def lines(folder: Path, body: str, **parts: str) -> list[DocumentLine]:
    return read_lines(saved(folder, docx(body, **parts)))


def words(folder: Path, body: str, **parts: str) -> list[str]:
    return [line.text for line in lines(folder, body, **parts)]


def test_docx_gives_paragraphs_headings_and_cells_in_order(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("单位基本情况", 1)
    document.add_paragraph("编制62人。")
    grid = document.add_table(2, 2)
    for number, cell in enumerate(grid._cells):
        cell.text = f"格{number}"
    document.add_heading("支出情况", 2)
    document.save(str(tmp_path / "报告.docx"))
    read = read_lines(tmp_path / "报告.docx")
    assert [line.place for line in read if line.text == "\t格3"] == [CellPlace(1, 1)]
    assert [line._replace(place=None, type=None) for line in read] == [
        DocumentLine("单位基本情况", 1),
        DocumentLine("编制62人。"),
        *(DocumentLine(text, 0, True) for text in ("", "\t格0", "\t格1", "", "\t格2", "\t格3")),
        DocumentLine("支出情况", 2),
    ]
    assert read_text(tmp_path / "报告.docx").endswith("\n\n\t格2\n\t格3\n支出情况")


def test_heading_level_comes_from_the_style_or_the_paragraphs_outline_level(tmp_path: Path) -> None:
    body = styled("甲", "1") + styled("乙", "own") + styled("丙", "3")
    body += paragraph("丁", '<w:outlineLvl w:val="3"/>') + paragraph(
        "戊", '<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>'
    )
    assert [line.level for line in lines(tmp_path, body, styles=HEADINGS)] == [1, 2, 3, 4, 0]


def test_list_numbers_stand_before_their_text(tmp_path: Path) -> None:
    body = "".join(
        (
            *(styled("甲", "1"), styled("乙", "2"), in_list("丙", 1, 2), in_list("丁", 1, 2)),
            *(styled("戊", "2"), in_list("己", 1, 2), styled("庚", "1"), styled("辛", "2")),
        )
    )
    said = words(tmp_path, body, styles=HEADINGS, numbering=STYLED)
    assert said == ["一、甲", "（一）乙", "1.丙", "2.丁", "（二）戊", "1.己", "二、庚", "（一）辛"]


def test_lists_of_one_family_count_on_unless_restarted(tmp_path: Path) -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    numbering = family(7, level(0, "decimal", "（%1）")) + use(1, 7) + use(2, 7) + use(3, 7, anew)
    body = in_list("甲", 1) + in_list("乙", 2) + in_list("丙", 3) + in_list("丁", 3)
    assert words(tmp_path, body, numbering=numbering) == ["（1）甲", "（2）乙", "（5）丙", "（6）丁"]


def test_cell_may_hold_only_its_list_number(tmp_path: Path) -> None:
    numbering = family(1, level(0, "decimal", "%1")) + use(1, 1)
    rows = table((in_list("", 1), "办公"), (in_list("", 1), "差旅"))
    assert words(tmp_path, rows, numbering=numbering) == ["", "\t1", "\t办公", "", "\t2", "\t差旅"]


def test_bullets_and_removed_lists_print_no_number(tmp_path: Path) -> None:
    numbering = family(1, level(0, "bullet", "")) + use(1, 1)
    body = in_list("甲", 1) + paragraph("乙", '<w:pStyle w:val="1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert words(tmp_path, body, styles=HEADINGS, numbering=numbering) == ["甲", "乙"]


def test_tracked_changes_are_read_as_accepted(tmp_path: Path) -> None:
    gone = "<w:del><w:r><w:delText>三十</w:delText></w:r></w:del>"
    came = f"<w:ins>{run('四十')}</w:ins>"
    joined = paragraph(run("前半"), "<w:rPr><w:del/></w:rPr>") + paragraph("后半")
    rows = table(("留",), ("删",)).replace("<w:tr><w:tc><w:p><w:pPr></w:pPr><w:r><w:t xml:space=\"preserve\">删",
                                          "<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>删")  # fmt: skip
    assert words(tmp_path, paragraph(run("共") + gone + came + run("人")) + joined + rows) == [
        *("共四十人", "前半后半", "", "\t留")
    ]


def test_hidden_text_is_left_out(tmp_path: Path) -> None:
    body = paragraph(run("看见") + run("看不见", "<w:vanish/>") + run("也不", '<w:rStyle w:val="dark"/>'))
    body += paragraph(run("整段", "<w:vanish/>"), "<w:rPr><w:vanish/></w:rPr>")
    body += paragraph(run("又见", '<w:vanish w:val="0"/>'))
    assert words(tmp_path, body, styles=HEADINGS) == ["看见", "又见"]


def test_text_box_is_read_once(tmp_path: Path) -> None:
    inside = f"<w:txbxContent>{paragraph('框里')}</w:txbxContent>"
    box = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{inside}</wps:txbx></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert words(tmp_path, paragraph(run("框外") + box)) == ["框外", "框里"]


def test_links_fields_controls_and_symbols_are_part_of_the_text(tmp_path: Path) -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("丙")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('丁')}</w:sdtContent></w:sdt>"
    prompt = (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('点此输入')}</w:sdtContent></w:sdt>"
    )
    tick = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    body = paragraph(run("甲") + f"<w:hyperlink>{run('乙')}</w:hyperlink>" + field + control + prompt + tick)
    body += f"<w:sdt><w:sdtContent>{paragraph('整段')}{table(('格',))}</w:sdtContent></w:sdt>"
    assert words(tmp_path, body) == ["甲乙丙丁☑", "整段", "", "\t格"]


def test_soft_line_end_splits_a_paragraph_and_stays_in_a_cell(tmp_path: Path) -> None:
    broken = run("甲") + "<w:r><w:br/></w:r>" + run("乙。")
    body = paragraph(broken, '<w:outlineLvl w:val="0"/>') + table((paragraph(broken) + paragraph("丙"), "丁"))
    assert [line._replace(place=None, type=None) for line in lines(tmp_path, body)] == [
        *(DocumentLine("甲", 1), DocumentLine("乙。")),
        *(DocumentLine(text, 0, True) for text in ("", "\t甲\n乙。\n丙", "\t丁")),
    ]


def test_merged_cell_is_read_once_and_inner_table_after_its_row(tmp_path: Path) -> None:
    top = f'<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{paragraph("并")}</w:tc>'
    rest = f"<w:tc><w:tcPr><w:vMerge/></w:tcPr>{paragraph('')}</w:tc>"
    inner = paragraph("外") + table(("内1", "内2")) + paragraph("")
    assert words(tmp_path, table((top, "甲"), (rest, inner))) == [
        *("", "\t并", "\t甲", "", "\t外", "", "\t内1", "\t内2")
    ]


def test_frame_of_one_cell_is_no_table(tmp_path: Path) -> None:
    found = lines(tmp_path, table((paragraph("一、甲") + paragraph("乙。"),)))
    assert [line._replace(type=None) for line in found] == [DocumentLine("一、甲"), DocumentLine("乙。")]


def test_footnotes_come_last_and_the_contents_are_left_out(tmp_path: Path) -> None:
    notes = '<w:footnote w:type="separator" w:id="0"/>' + "".join(
        f'<w:footnote w:id="{number}">{paragraph(f"注{number}")}</w:footnote>' for number in (2, 3, 4)
    )
    body = styled("一、甲\t1", "toc") + "".join(
        paragraph(run(f"文{number}") + f'<w:r><w:footnoteReference w:id="{number}"/></w:r>')
        for number in (3, 2)
    )
    assert words(tmp_path, body, styles=HEADINGS, footnotes=notes) == ["文3", "文2", "注3", "注2"]


@pytest.mark.parametrize("body", ["<w:p>", "&quot;&bad;", "<w:smartTag>" * 3000 + "</w:smartTag>" * 3000])
def test_damaged_docx_is_refused(tmp_path: Path, body: str) -> None:
    with pytest.raises(UserError, match="损坏"):
        lines(tmp_path, body)


def test_part_with_too_many_elements_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MAX_NODES", 1000)
    with pytest.raises(UserError, match="太多"):
        lines(tmp_path, "<w:p/>" * 1000)


def test_traced_lines_have_the_signs_of_their_pieces(tmp_path: Path) -> None:
    box = f"<w:pict><v:textbox><w:txbxContent>{paragraph('框里')}</w:txbxContent></v:textbox></w:pict>"
    notes = f'<w:footnote w:id="2">{paragraph("注 一")}{paragraph("注二")}</w:footnote>'
    gone = '<w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>'
    body = styled("标题", "1") + paragraph(
        run("甲") + f"<w:r>{box}<w:br/></w:r>" + run("乙 ") + '<w:r><w:footnoteReference w:id="2"/></w:r>'
    )
    body += (
        f"<w:p>{gone}{run('前半')}</w:p>"
        + paragraph("后半")
        + table((paragraph("一") + table(("内",)), "二"))
    )
    path = saved(tmp_path, docx(body, styles=HEADINGS, numbering=STYLED, footnotes=notes))
    traced = lines_in(open_source(path), traced=True)
    assert [line._replace(source=()) for line in traced] == read_lines(path)
    assert traced[0].text == "一、标题"
    for line in traced:
        assert "".join(line.text.split()) == "".join("".join(piece.text for piece in line.source).split())
    places = [piece.place for line in traced for piece in line.source if piece.place is not None]
    assert sorted(places) == list(range(len(places)))


def test_lists_and_styles_without_end_are_read_at_once(tmp_path: Path) -> None:
    """By list and level they would be ten million pairs; a chain looked through for each of its links, as many."""
    lists = "".join(
        family(1, level(0, "decimal", "%1" * 9000, f'<w:pStyle w:val="x{n}"/>')) for n in range(2000)
    )
    lists += "".join(use(n, 1) for n in range(5000))
    chain = "".join(
        f'<w:style w:styleId="s{n}"><w:basedOn w:val="s{n - 1}"/></w:style>' for n in reversed(range(5000))
    )
    assert words(tmp_path, styled("甲", "s4999"), styles=chain, numbering=lists) == ["甲"]


def test_a_merged_cell_covers_its_rows_and_columns_and_empty_cells_have_their_places(tmp_path: Path) -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(run(text))}</w:tc>"

    begun, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = (
        cell("产出", begun) + cell("指标", '<w:gridSpan w:val="2"/>') + cell("完成值"),
        cell("", on) + cell("数量") + cell("受益户") + cell(""),
    )
    body = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
    read = [(line.text.strip(), line.place) for line in lines(tmp_path, body) if line.place]
    assert read == [
        ("产出", CellPlace(0, 0, 2, 1)),
        ("指标", CellPlace(0, 1, 1, 2)),
        ("完成值", CellPlace(0, 3)),
        ("数量", CellPlace(1, 1)),
        ("受益户", CellPlace(1, 2)),
        ("", CellPlace(1, 3)),
    ]


def test_a_raised_number_behind_a_number_is_the_mark_of_a_note(tmp_path: Path) -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    text = run("支出8") + run("1", raised) + run("万元，面积10m") + run("2", raised)
    assert words(tmp_path, paragraph(text)) == ["支出8万元，面积10m2"]


def test_what_a_line_is_set_in_comes_from_run_style_bases_and_the_file(tmp_path: Path) -> None:
    styles = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:eastAsia="宋体"/><w:sz w:val="21"/></w:rPr></w:rPrDefault>'
        '</w:docDefaults><w:style w:type="paragraph" w:styleId="base"><w:rPr><w:b/><w:sz w:val="32"/></w:rPr>'
        '<w:pPr><w:jc w:val="center"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="own"><w:basedOn w:val="base"/></w:style>'
        '<w:style w:type="character" w:styleId="thin"><w:rPr><w:b w:val="0"/></w:rPr></w:style>'
    )
    body = paragraph("甲") + styled("乙", "own")
    body += paragraph(run("丙", '<w:rFonts w:eastAsia="黑体"/><w:sz w:val="36"/>'), '<w:jc w:val="left"/>')
    body += paragraph(run("丁", '<w:rStyle w:val="thin"/>'), '<w:pStyle w:val="own"/>') + paragraph("")
    assert [line.type for line in lines(tmp_path, body, styles=styles)] == [
        LineType(21, False, "宋体"),
        LineType(32, True, "宋体", True),
        LineType(36, False, "黑体"),
        LineType(32, False, "宋体", True),
        None,
    ]


def test_bold_words_before_the_text_are_counted_with_their_number(tmp_path: Path) -> None:
    numbering = family(1, level(0, "chineseCounting", "（%1）")) + use(1, 1)
    led = run("主要职能。", "<w:b/>") + run("负责全县水利工作。")
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    (line,) = lines(tmp_path, paragraph(led, listed), numbering=numbering)
    assert line.text.startswith("（一）主要职能") and line.type is not None and line.type.lead == 8
