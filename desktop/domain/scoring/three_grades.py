"""Which of the platform's three grades of completion the words of an 实际完成值 mean (docs/domain.md 1.5)."""

from __future__ import annotations

from functools import lru_cache

from desktop.domain.numbers import clean

GRADES = ("达成预期指标", "部分达成预期指标并具有一定效果", "未完成预期指标且效果较差")
"""The platform's three values of 实际完成值."""
REACHED, PARTLY, MISSED = range(3)

_YES, _NO = ("是", "已完成", "完成", "√"), ("否", "未完成", "×")
"""Whole cells. Against a target 否 (`是否有违规: 否`) the same 否 is what was wanted."""
_HAPPEN = ("发生", "出现", "发现", "产生", "造成", "引发")
_ABSENT = (
    *(no + verb for no in ("未", "没有", "无") for verb in _HAPPEN),
    *("无事故", "无投诉", "无违规", "零事故", "零投诉", "零发生"),
)
"""Good news that begins with a no: `全年未发生事故`. Taken out before the words of failure are looked for."""
_AVOIDED = ("不", "未", "无", "零", "没有", "杜绝", "防止", "避免", "防范", "遏制")
"""Targets that such news fulfils: `杜绝安全事故`, `不发生重大投诉`."""
_SHORT_OF_ALL = ("未全", "未完全", "没有全", "部分未", "部分没有", "未能全")
"""`未全部完成`, `部分未完成`: some of it was done. Looked for before _FAILED, which would find 未 in them."""
_FAILED = (
    *("未", "没有", "无法", "不达标", "不合格", "不到位", "不满意", "不理想", "不明显", "不及时"),
    *("较差", "逾期", "延期", "推迟", "滞后", "超期"),
)
"""`未按期完成`, `逾期完成`: before _DONE, which would find 完成 in them."""
_BEGUN = ("部分", "基本", "正在", "推进中", "进行中", "有待")
"""`基本建成`, `正在推进中`."""
_DONE = ("已", "完成", "达成", "达到", "按时", "按期", "全部", "实现", "合格")
"""`验收合格`, `已完成`. Praise without a deed, `良好`, says no grade."""


@lru_cache(maxsize=20_000)
def grade_of(actual: str, target: str) -> int | None:
    """REACHED, PARTLY or MISSED; None where the words do not say. `target` is 年度指标值 as written."""
    actual, target = clean(actual), clean(target)
    if actual in GRADES:
        return GRADES.index(actual)
    if actual in (*_YES, *_NO) and target in (*_YES, *_NO):
        return REACHED if (actual in _YES) == (target in _YES) else MISSED
    if actual == target or actual in _YES:
        return REACHED
    if actual in _NO:
        return MISSED
    rest = actual
    for phrase in _ABSENT:
        rest = rest.replace(phrase, "")
    for words, grade in ((_SHORT_OF_ALL, PARTLY), (_FAILED, MISSED), (_BEGUN, PARTLY), (_DONE, REACHED)):
        if any(word in rest for word in words):
            return grade
    return REACHED if rest != actual and any(word in target for word in _AVOIDED) else None
