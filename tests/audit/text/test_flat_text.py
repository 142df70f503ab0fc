"""Lines are joined where text was wrapped, and parted where paragraphs were glued."""

from __future__ import annotations

from desktop.audit.text.flat_text import LONGEST_SENTENCE, Text

SENTENCE = "本单位严格执行预算，全年支出控制在批复的额度以内，各项工作按计划完成，没有发生超预算的情况。\n"


def paragraphs(raw: str) -> list[str]:
    text = Text(raw)
    return [text.flat[start:end] for start, end in text.paragraphs]


def test_a_numbered_line_shorter_than_the_others_is_never_joined() -> None:
    heading = "（三）一般公共预算财政拨款支出决算具体情况及增减变动原因\n"
    found = paragraphs(SENTENCE + heading + SENTENCE + SENTENCE)
    assert heading.strip() in found and len(found) == 4


def test_a_numbered_paragraph_wrapped_at_its_width_is_one() -> None:
    lines = [
        "（三）组织拟订全县水资源保护和节约用水工作的规划及",
        "年度计划并监督实施；指导全县农村水利工程建设和运行",
        "管理以及河道采砂、水库大坝安全的日常监督检查工作。",
    ]
    assert len(paragraphs("\n".join(lines))) == 1


def test_paragraphs_glued_behind_a_stop_are_parted() -> None:
    glued = "（二）组织防汛工作。（三）管理河道采砂。3、编制规划。支出3.5万元。\n"
    assert paragraphs(glued) == ["（二）组织防汛工作。", "（三）管理河道采砂。", "3、编制规划。支出3.5万元。"]


def test_the_words_before_a_place_begin_at_the_last_stop_or_so_far_back_as_asked() -> None:
    text = Text("目标已完成。其中收入一百万元比上年增长")
    end = len(text.flat)
    assert text.words_before(end, "。，", 40) == "其中收入一百万元比上年增长"
    assert text.words_before(end, ("。", "其中"), 40) == "收入一百万元比上年增长"
    assert text.words_before(end, "。，", 5) == "比上年增长"


def test_a_text_without_stops_is_parted_at_its_commas() -> None:
    clause = "全年支出控制在批复的额度以内，"
    text = Text(clause * 2000 + "各项工作按计划完成。")
    assert "".join(sentence.text for sentence in text.sentences) == text.flat
    assert all(sentence.text[-1] in "，。" for sentence in text.sentences)
    assert all(len(sentence.text) <= LONGEST_SENTENCE + len(clause) for sentence in text.sentences)
    assert max(len(s.text) for s in Text("支出" * 20_000).sentences) <= 2 * LONGEST_SENTENCE


def test_zero_width_signs_and_blanks_are_no_part_of_a_text() -> None:
    text = Text("支出\u200b 100\u3000万元\n\ufeff收入")
    assert text.flat == "支出100万元收入"
    assert text.raw[text.span(0, 7).start : text.span(0, 7).end] == "支出\u200b 100\u3000万元"
