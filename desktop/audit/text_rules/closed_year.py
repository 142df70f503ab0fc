"""R70: words of a year that is still running, in a report on one that is over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop.audit.finding import HINT, Finding
from desktop.audit.text.heading_numbers import Headings, marks
from desktop.audit.text.reading import Reading
from desktop.audit.text_audit import check

_DONE = r"(?:完成|完工|竣工|建成|投产|投入使用|启用|达到|实现|开工|动工|支付|拨付|交付|到位|到岗|验收|发放|执行完毕)"
_WORDS = (
    # `截至目前，共巡查86次`: the report tells of the year up to 31 December.
    (
        re.compile(r"截[至止]到?(?:目前|当前|现在|今日|今天)"),
        "年度报告应写明截至12月31日（或其他具体日期）的结果",
    ),
    # `预计年底前完成`, `有望于年内建成`; not `确保年底前完成`, which is what the unit did to be in time.
    (
        re.compile(
            r"(?:预计|预期|有望|可望|将于|将在|拟于|拟在)(?:于|在|到)?(?:今年|本年度?|年内|当年|年底|年末|年终|(?:第?四|下)(?:季度|半年)|(?:1[0-2]|[1-9])月)"
            rf"[^，。；：]{{0,8}}?{_DONE}"
        ),
        "年度已经结束，请写实际结果，或写明是哪一年",
    ),
    # `5名技术员即将到岗`
    (re.compile(rf"即将[^，。；：]{{0,6}}?{_DONE}"), "年度已经结束，请写到年末的实际情况"),
)
_THIS_YEAR = r"(?:预计|有望|可望|将于|将在|拟于|拟在)(?:于|在|到)?{}年[^，。；：]{{0,10}}?" + _DONE
"""`预计2023年12月完成` in the report on 2023."""
_OTHER_YEAR = re.compile(r"(?:20\d\d|次|明|下|下一|来)年")
_ANNOUNCED = re.compile(r"[《“][^》”]*[》”]")
"""`《关于预计年底完成…的通知》`: titles and quoted words are others'."""


@check("R70", "年度已经结束")
def closed_year(reading: Reading) -> Iterator[Finding]:
    """Hints: `截至目前`, `预计年底前完成`, `即将到岗` where the year is over and the result is known.

    Silent in chapters on what is still to be done, and where the sentence names another year.
    """
    headings = Headings(marks(reading))
    patterns = list(_WORDS)
    if reading.year is not None:
        this = re.compile(_THIS_YEAR.format(reading.year))
        patterns.append((this, "年度已经结束，请写实际结果"))
    for sentence in reading.sentences:
        text = _ANNOUNCED.sub(lambda m: "·" * len(m.group()), sentence.text)
        for pattern, message in patterns:
            match = pattern.search(text)
            if match is None or headings.is_plan(sentence.start):
                continue
            others = {y for y in _OTHER_YEAR.findall(text[: match.end()]) if y != f"{reading.year}年"}
            if others:
                continue
            place = (sentence.start + match.start(), sentence.start + match.end())
            yield reading.finding("R70", HINT, f"“{match.group()}”：{message}", place)
            break
