"""Comments at the very words; everything else of the file as it was."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest

from desktop.audit.finding import ERROR, Finding, Span
from desktop.exchange.file_kind import open_source
from desktop.exchange.marked_copy.marked_copy import marked_copy
from desktop.exchange.read_text.any_file import lines_in
from desktop.exchange.read_text.lines import joined
from tests.exchange.marked_copy.marking import marked
from tests.exchange.word_files import docx as made
from tests.exchange.word_files import paragraph, run, saved, table

_TAGS = re.compile(r"<[^>]+>")
_ADDED = re.compile(r"<w:comment(?:RangeStart|RangeEnd|Reference)[^>]*/>")


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def marked_words(data: bytes) -> dict[int, str]:
    """What stands between the two marks of each comment."""
    body = parts_of(data)["word/document.xml"].decode()
    found = {}
    for number in re.findall(r'commentRangeStart w:id="(\d+)"', body):
        inside = body.split(f'<w:commentRangeStart w:id="{number}"/>')[1]
        found[int(number)] = _TAGS.sub("", inside.split(f'<w:commentRangeEnd w:id="{number}"/>')[0])
    return found


def comments(data: bytes) -> dict[int, str]:
    """As another program reads them."""
    return {comment.comment_id: comment.text for comment in docx.Document(io.BytesIO(data)).comments}


@pytest.mark.parametrize(
    ("body", "word", "marked_as"),
    [
        (paragraph("支出10万元，占比5%。"), "10万元", "10万元"),
        (paragraph(run("支出1") + run("0万", "<w:b/>") + run("元。")), "10万元", "10万元"),
        (paragraph(run("a&amp;支&#20986;1&lt;2万元")), "支出1<2", "支&#20986;1&lt;2"),
        (paragraph(run("10万元")), "10万元", "10万元"),
        (paragraph(run("支出  10万元")), "10万元", "  10万元"),
        (paragraph("<w:ins>" + run("支出10万元") + "</w:ins>"), "10万元", "10万元"),
        (table(("项目", "10万元")), "10万元", "10万元"),
        (paragraph("<w:hyperlink>" + run("支出10万元。") + "</w:hyperlink>"), "10万元", "10万元"),
    ],
)
def test_a_comment_stands_at_its_words(tmp_path: Path, body: str, word: str, marked_as: str) -> None:
    data = made(body + paragraph("以下无改动。"))
    given = marked(saved(tmp_path, data), word)
    assert given.name == "报告（标注稿）.docx"
    assert marked_words(given.data) == {0: marked_as}
    assert comments(given.data)[0].splitlines() == ["【错误】R2 分项之和", f"{word}不对", "应为：9<&>"]
    old, new = docx.Document(io.BytesIO(data)), docx.Document(io.BytesIO(given.data))
    assert [p.text for p in new.paragraphs] == [p.text for p in old.paragraphs]


def test_all_other_parts_stay_as_they_are(tmp_path: Path) -> None:
    data = made(paragraph("支出10万元。"), styles="<w:style w:styleId='a'/>")
    before, after = parts_of(data), parts_of(marked(saved(tmp_path, data), "10万元").data)
    changed = {name for name in before if after[name] != before[name]}
    assert changed == {"word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    assert after.keys() - before.keys() == {"word/comments_zp.xml"}


def test_a_run_that_is_cut_keeps_its_looks(tmp_path: Path) -> None:
    data = marked(saved(tmp_path, made(paragraph(run("支出10万元。", "<w:b/><w:i/>")))), "10万元").data
    (first,) = docx.Document(io.BytesIO(data)).paragraphs
    shown = [(r.text, r.bold, r.italic) for r in first.runs if r.text]
    assert shown == [("支出", True, True), ("10万元", True, True), ("。", True, True)]


def test_overlapping_comments_and_those_on_the_same_words_all_stand(tmp_path: Path) -> None:
    data = marked(
        saved(tmp_path, made(paragraph("支出10万元，占比5%。"))), "10万元", "支出10", "10万元，占比"
    ).data
    assert marked_words(data) == {0: "10万元", 1: "支出10", 2: "10万元，占比"}
    assert set(comments(data)) == {0, 1, 2}


def test_comments_that_are_there_stay_and_new_ones_are_counted_on(tmp_path: Path) -> None:
    first = marked(saved(tmp_path, made(paragraph("支出10万元，占比5%。"))), "10万元").data
    again = marked(saved(tmp_path, first, "再.docx"), "占比").data
    assert marked_words(again) == {0: "10万元", 1: "占比"}
    assert [text.splitlines()[1] for text in comments(again).values()] == ["10万元不对", "占比不对"]
    assert again.count(b"comments_zp.xml") == first.count(b"comments_zp.xml")


def test_words_in_a_box_are_marked_at_what_holds_the_box_and_others_at_the_beginning(tmp_path: Path) -> None:
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{paragraph('框里10万元')}</w:txbxContent></v:textbox></w:pict></w:r>"
    note = '<w:footnote w:id="2">' + paragraph("注里3人") + "</w:footnote>"
    body = paragraph(run("正文。") + box + '<w:r><w:footnoteReference w:id="2"/></w:r>')
    data = marked(saved(tmp_path, made(body, footnotes=note)), "10万元", "3人", whole=True).data
    assert marked_words(data) == {0: "框里10万元", 1: "正文。", 2: "正文。"}
    assert [text.splitlines()[1] for text in comments(data).values()] == ["10万元不对", "3人不对", "全文如此"]


def test_a_prefix_of_its_own_is_kept(tmp_path: Path) -> None:
    data = made(paragraph("支出10万元。"))
    parts = parts_of(data)
    body = (
        parts["word/document.xml"]
        .replace(b"<w:", b"<x:")
        .replace(b"</w:", b"</x:")
        .replace(b"xmlns:w=", b"xmlns:x=")
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, body.replace(b" w:", b" x:") if name == "word/document.xml" else part)
    given = marked(saved(tmp_path, packed.getvalue()), "10万元")
    assert docx.Document(io.BytesIO(given.data)).paragraphs[0].text == "支出10万元。"
    assert len(comments(given.data)) == 1


def test_a_document_in_another_encoding_comes_back_as_a_new_one(tmp_path: Path) -> None:
    parts = parts_of(made(paragraph("支出10万元。")))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, part in parts.items():
            wide = '<?xml version="1.0" encoding="UTF-16"?>' + part.decode()
            archive.writestr(name, wide.encode("utf-16") if name == "word/document.xml" else part)
    given = marked(saved(tmp_path, packed.getvalue()), "10万元")
    assert given.name == "报告.docx（标注稿）.docx"
    assert marked_words(given.data) == {0: "10万元"}


def test_cdata_is_not_cut(tmp_path: Path) -> None:
    data = marked(
        saved(tmp_path, made(paragraph("<w:r><w:t><![CDATA[支出10万元]]></w:t></w:r>"))), "10万元"
    ).data
    assert docx.Document(io.BytesIO(data)).paragraphs[0].text == "支出10万元"
    assert len(_ADDED.findall(parts_of(data)["word/document.xml"].decode())) == 3


_SHADED = re.compile(r'<w:r\b[^>]*>(?:(?!</w:r>).)*?w:fill="FF9E99"(?:(?!</w:r>).)*</w:r>')


@pytest.mark.parametrize(
    ("body", "shaded"),
    [
        (paragraph("全县十个镇。") + paragraph("全县二十个村，全县百户。"), ["全县"] * 3),
        (paragraph("全县十个镇。") + paragraph(run("全县", "<w:b/>")), ["全县"] * 2),
        (
            paragraph("全县十个镇。") + paragraph(run("本全", "<w:shd w:fill='00FF00'/>") + run("县")),
            ["全县", "全", "县"],
        ),
        (paragraph("全县十个镇。") + paragraph("<w:r><w:t><![CDATA[全县]]></w:t></w:r>"), ["全县"]),
    ],
    ids=["inside a run", "a whole run", "over two runs", "where nothing can be cut"],
)
def test_all_places_of_one_wrong_thing_have_its_colour_and_one_comment(
    tmp_path: Path, body: str, shaded: list[str]
) -> None:
    source = open_source(saved(tmp_path, made(body)))
    lines = lines_in(source, traced=True)
    text = joined(lines)
    spans = tuple(Span(*match.span()) for match in re.finditer("全县", text))
    finding = Finding("R14", ERROR, "不是一个县", spans, all_wrong=True)
    data = marked_copy(source, lines, [finding], {}).data
    assert [comment.splitlines()[2][:3] for comment in comments(data).values()] == ["另有："]
    document = parts_of(data)["word/document.xml"].decode()
    assert [_TAGS.sub("", found) for found in _SHADED.findall(document)] == shaded
    assert [p.text for p in docx.Document(io.BytesIO(data)).paragraphs] == text.split("\n")
    assert "00FF00" not in "".join(_SHADED.findall(document))
