"""'改为': only what is wrong is replaced, and nothing where that is not sure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.audit.auditing import audit_text
from desktop.audit.corrections import mended
from desktop.audit.finding import CHECK, ERROR, Finding
from desktop.audit.narrative import narrative_of
from desktop.domain.all_templates import Templates
from desktop.domain.assessment import Assessment
from tests.places import CASES


def finding(expected: str, level: str = ERROR, message: str = "") -> Finding:
    return Finding("R1", level, message, expected=expected)


@pytest.mark.parametrize(
    ("words", "expected", "wanted"),
    [
        ("预算执行率89.54%", "98.45%", "预算执行率98.45%"),
        ("预算执行率 89.54 ％", "98.45%", "预算执行率 98.45 ％"),
        ("整改2395个，整改率99%", "99.83%", "整改2395个，整改率99.83%"),
        ("增加１，２３４．５０万元", "1235.5万元", "增加1235.5万元"),
        ("三公经费预算为 80.3 万", "80.3万元", "三公经费预算为 80.3万元"),
        ("2022年度无收支", "2023年度", "2023年度无收支"),
        ("业务工作经费382.55万元", "74.99", "业务工作经费74.99万元"),
        ("1、 基本情况", "一、", "一、 基本情况"),
        ("（3） 项目", "（二）", "（二） 项目"),
        ("3. 粮食", "4.", "4. 粮食"),
        ("水早灾害", "水旱灾害", "水旱灾害"),
    ],
)
def test_only_what_is_wrong_is_replaced(words: str, expected: str, wanted: str) -> None:
    assert mended(words, finding(expected)) == wanted


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("占56.88%，占43.12%", "50%"),  # two that it could be
        ("业务工作经费3825500元", "74.99"),  # the right one is in 万元
        ("基本支出比重比较大", "18.35%"),  # no number at all
        ("整改率99%", "99"),  # right as it is
        ("我局", "我局"),
        ("2022年遭遇5轮强对流天气，河口水文站3次超过警戒线", "平台"),
        ("占50%", ""),
        ("", "50%"),
    ],
)
def test_nothing_is_replaced_where_it_is_not_sure(words: str, expected: str) -> None:
    assert mended(words, finding(expected)) is None


def test_a_check_is_mended_only_if_its_message_tells_the_value() -> None:
    assert mended("应对2轮", finding("17轮", CHECK, "2＋15＝17轮，附件3只填15轮")) is None
    assert mended("应对2轮", finding("17轮", CHECK, "应对次数应为17轮")) == "应对17轮"


_NUMBER = re.compile(r"(?P<digits>\d[\d,]*(?:\.\d+)?|满)\s*(?P<behind>\D*)")
"""`80.3 万` of the words that are marked; `满分` is a number of points."""


def fits(words: str, expected: str) -> bool:
    """Whether a number expected is of the kind of the one number that it would replace, or puts its unit right."""
    right = re.fullmatch(r"-?(\d[\d,]*(?:\.\d+)?)(\D*)", expected)
    if right is None:
        return True  # words, a mark
    number, unit = right.groups()
    found = [(m["digits"], m["behind"]) for m in _NUMBER.finditer(words.replace("％", "%"))]
    alike = [f for f in found if (f[1].startswith(unit) if unit else not f[1].startswith(("%", "元", "亿")))]
    return (len(alike) == 1 and alike[0][0] != number) or (not alike and number in dict(found))


def texts() -> Iterator[str]:
    for path in sorted(CASES.rglob("*.json")):
        case = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(case, dict) and ("text" in case or str(case.get("document")).endswith(".txt")):
            beside = Path(path.parent / case.get("document", ""))
            yield case["text"] if "text" in case else beside.read_text(encoding="utf-8")


@pytest.mark.skipif(not CASES.is_dir(), reason=f"no labelled reports in {CASES}")
def test_what_is_expected_in_real_reports_could_stand_at_the_place_marked(templates: Templates) -> None:
    said = [
        (f, t[slice(*f.spans[0])]) for t in texts() for f in audit_text(t, templates=templates) if f.spans
    ]
    assert len(said) > 100
    assert [(f.code, words, f.expected) for f, words in said if not fits(words, f.expected)] == []


def test_what_is_expected_in_the_samples_text_could_stand_at_the_place_marked(
    samples: dict[int, Assessment], templates: Templates
) -> None:
    text = narrative_of(samples[2023]).text.replace("9", "8")
    said = [(f, text[slice(*f.spans[0])]) for f in audit_text(text, templates=templates) if f.spans]
    assert len(said) > 5
    assert [(f.code, words, f.expected) for f, words in said if not fits(words, f.expected)] == []
