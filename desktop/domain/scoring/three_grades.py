"""Which of the platform's three grades of completion the words of an 实际完成值 mean (docs/domain.md 1.5)."""

from __future__ import annotations

from functools import lru_cache

from desktop.domain.numbers import clean

GRADES = ("达成预期指标", "部分达成预期指标并具有一定效果", "未完成预期指标且效果较差")
"""The platform's three values of 实际完成值."""
REACHED, PARTLY, MISSED = range(3)

_YES, _NO = ("是", "已完成", "完成", "√"), ("否", "未完成", "×")
_HAPPEN = ("发生", "出现", "发现", "产生", "造成", "引发")
_ABSENT = (
    *(no + verb for no in ("未", "没有", "无") for verb in _HAPPEN),
    *("无事故", "无投诉", "无违规", "零事故", "零投诉", "零发生"),
)
"""Good news that begins with a no."""
_AVOIDED = ("不", "未", "无", "零", "没有", "杜绝", "防止", "避免", "防范", "遏制")
_SHORT_OF_ALL = ("未全", "未完全", "没有全", "部分未", "部分没有", "未能全")
_FAILED = (
    *("未", "没有", "无法", "不达标", "不合格", "不到位", "不满意", "不理想", "不明显", "不及时"),
    *("较差", "逾期", "延期", "推迟", "滞后", "超期"),
)
_BEGUN = ("部分", "基本", "正在", "推进中", "进行中", "有待")
_DONE = ("已", "完成", "达成", "达到", "按时", "按期", "全部", "实现", "合格")


@lru_cache(maxsize=20_000)
def grade_of(actual: str, target: str) -> int | None:
    """REACHED, PARTLY or MISSED; None where the words do not say. `target` is 年度指标值 as written."""
    said, wanted = clean(actual), clean(target)
    if said in GRADES:
        return GRADES.index(said)
    if said in (*_YES, *_NO) and wanted in (*_YES, *_NO):
        return REACHED if (said in _YES) == (wanted in _YES) else MISSED
    if said == wanted or said in _YES:
        return REACHED
    return MISSED if said in _NO else _by_words(said, wanted)


def _by_words(said: str, wanted: str) -> int | None:
    rest = said
    for phrase in _ABSENT:
        rest = rest.replace(phrase, "")
    for words, grade in ((_SHORT_OF_ALL, PARTLY), (_FAILED, MISSED), (_BEGUN, PARTLY), (_DONE, REACHED)):
        if any(word in rest for word in words):
            return grade
    return REACHED if rest != said and any(word in wanted for word in _AVOIDED) else None
