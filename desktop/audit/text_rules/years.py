"""R10: years that are not the report's, and wording of the middle of the year in a report on all of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from desktop.audit.finding import CHECK, ERROR, HINT, Finding
from desktop.audit.text.flat_text import Sentence
from desktop.audit.text.heading_numbers import Headings, marks
from desktop.audit.text.mentions import Quantity
from desktop.audit.text.reading import Reading
from desktop.audit.text_audit import check

_CLAUSE_END = re.compile(r"[，。；：]")
_YEAR = re.compile(
    r"(?=20)(?<![\d\-—~～.])(?P<year>20\d{2})年(?P<of>度)?(?P<part>末|底|初)?(?P<month>\d{1,2}月)?(?P<day>\d{1,2}日)?"
)
"""`2022年度`, `2022年末`, `2022年12月31日`; not the end of a range `2021-2022年`."""
_DATED = re.compile(r"20\d\d年|月|上半年|三季度")
"""One of these stands in every sentence that the rule has anything to say of."""
_RANGE = re.compile(r"20\d{2}年?(?:度)?[\-—~～至](?:20)?\d{2}年")
"""`2021-2025年`: a period, not a year that was left over."""
_TITLED = re.compile(r"《[^《》]{0,120}》|“[^“”]{0,80}”|（[^（）]{0,8}〔?20\d{2}〕?[^（）]{0,12}号）")
"""`《…2022年…》`, `“2022年先进单位”`, `（财预〔2022〕8号）`: titles keep their years."""
_COMPARES = re.compile(
    r"上年|去年|上一年|同比|相比|对比|环比|同期|持平|年均|历年|连续|逐年|以往|往年|累计投入|近[两二三四五\d]年|[比较与同](?:20\d{2})年|"
    r"增长|增幅|下降|降幅|增加了?\d|减少了?\d|由20\d{2}年"
)
"""`比2022年增加`, `上年`, `逐年`: another year is meant to stand there."""
_HISTORY = re.compile(
    r"以来|成立|设立|组建|挂牌|划转|机构改革|始建|筹建|施行|颁布|修订|修正|印发|出台|发布|立项|开工|竣工|建成|启动|批复|"
    r"结转|结余|遗留|欠|尾款|质保金|历史|曾|获得?评?|荣获|评为|被评|授予|表彰|考核|先进|优秀|名次|排名|验收|决算公开|"
    r"规划|计划|三年行动|十[三四五]五|目标到|到20\d{2}年|文件|通知|编制时|预算编制|跨年|年度间|审计|整改|巡视|巡察|普查|换届"
)
"""`2019年机构改革时组建`, `2021年立项`, `十四五规划`: what happened, or was planned, in another year."""
_FUNDS = re.compile(r"^[^，。；]{0,16}(?:项目|专项|资金|工程|补助|批次?|任务|标段|课题|债券)")
"""Behind the year: `高标准农田建设项目支出`, money that is named by its year."""
_SUBJECT = re.compile(
    r"^(?:，|、)?(?:我|本|全[省市县区州局镇乡院校]|部门|单位|财政|一般公共|政府性|国有资本|社会保险|收入|支出|总收入|总支出|预算|决算|年初|"
    r"全年|基本支出|项目支出|“?三公|共|累计|无|没有|未|历经|经历|在职|实有|年末|绩效|自评|整体支出|政府采购|机关运行|完成|实现|开展|组织|发生)"
)
"""Behind the year: `我局收入…`, `全县共排查…`: the sentence tells this report's result under another year."""
_OPENS = re.compile(
    r"(?:^|[，。；：！？（])(?:截[至止]到?|在|于|现将|[我本][一-龥]{1,2}|[一二三四五六七八九十]+、|（[一二三四五六七八九十\d]+）|\d+[、.])?$"
)
"""Before the year: the beginning of a sentence or clause, a list number, `截至`, the unit itself (`本局2022年度自评`)."""
_NEXT = re.compile(
    r"(?:作为|用于|安排|编制|纳入|列入|申报|转入|结转|并入|[到至于为]|力争|争取|确保|计划|预计|拟|将|待|制定|谋划|提前|要求|目标|规划|部署)[^，。；]{0,8}$"
)
"""Before the year after the report's: `作为安排2024年预算的参考`, `拟于2024年`; of that year nothing can be told yet."""
_CARRIED = re.compile(
    r"(?:结转|结余)[^，。；]{0,36}?(?:，[^，。；]{0,10}?)?(?:将|拟|待|转入|留待|留转)(?:于|在|到|至)?(?P<year>20\d{2})年度?[^，。；]{0,8}?(?:使用|支出|安排|支付|实施|拨付|兑付|结清)"
)
"""`结转资金将于2023年继续使用`: what is left at the end of a year can only be used in the next."""
_AIM = re.compile(
    r"(?:力争|争取|确保|计划|预计|拟)(?:于|在|到)?(?P<year>20\d{2})年[^，。；已]{0,10}?(?:完成|实现|达到|稳定|保持|提高|建成|完工|竣工|支付|拨付|到位)"
)
"""`力争2023年9月底前完成` among the plans: a year that is over is no aim."""
_INTENDED = re.compile(r"(?:，)?(?:我|本[局办院校镇乡])?(?:将|拟|计划|力争|继续|要)")
"""Behind the next year: `2024年将按季通报`."""
_KEPT_ON = re.compile(
    r"(?:列入|纳入|编入|转入)(?P<year>20\d{2})年度?(?:部门|单位|财政)?预算(?:中|内)?(?:继续|结转|安排)(?:使用|实施|支付|支出)"
)
"""`上述资金已列入2024年部门预算继续使用`, behind the sentence on what is left."""
_LEFT = re.compile(r"(?:年末|年底|期末)[^，。；]{0,6}(?:结转|结余)|结转下年")
_PLANNED = re.compile(
    r"(?:将|拟|要|抓好|做好|编制|细化|落实|强化|加强)(?:在|于)?(?:编制|安排|申报|细化)?(?P<year>20\d{2})年度?(?:部门|单位|财政|项目)?"
    r"(?:预算|绩效目标|绩效管理|工作)"
)
"""`将在编制2025年预算时`, `抓好2025年预算执行`."""
_FUTURE = re.compile(r"下一步|下步|今后|将在|将于|将进一步|将继续")
_TASK = re.compile(
    r"(?P<year>20\d{2})年度?[^，。；\d]{0,20}(?:目标|计划|任务)(?P<goal>\d[\d,.]*)(?P<unit>[一-龥]{1,4})，"
    r"(?P<other>20\d{2})年度?[^，。；\d]{0,8}(?:完成|实现|实际)[^，。；\d]{0,6}(?P<done>\d[\d,.]*)(?P=unit)，(?:完成率|为目标的|为计划的)(?:为|达)?(?P<rate>\d[\d.]*)%"
)
"""`2023年修路目标20公里，2023年完成21公里，完成率105%`."""
_BASE = re.compile(r"[比较与](?P<year>20\d{2})年度?(?:同期|决算数?|支出数?|实际数?)*的?(?=\d)")
"""`比2022年的12.30万元下降`."""
_OF_LAST_YEAR = re.compile(r"(?:上年|去年)[^，。；\d]{0,10}$")
_NAMED = re.compile(
    r"(?P<name>上一?年|去年|下一?年|次年)度?(?:（|，?即|，?也就是)(?P<year>20\d{2})年度?(?:）|(?=[的，。；、将与和])|(?=[一-龥]))"
)
"""`与上年（2022年）相比`, `下一年度即2024年`."""
_TURN_OF_YEAR = re.compile(
    r"截[至止]到?(?P<year>20\d{2})年(?:12月31日|12月末|12月底|年?末|年?底)[^。；]{0,20}?结转(?:至|到)(?P<next>20\d{2})年"
)
"""`截至2023年末已结转至2024年`."""
_STILL = re.compile(r"未完成|尚未|未完工|未建成|剩余|尾款|欠")
"""`计划于2023年6月底前把未完成的建成`: what is not done at the end of the year is an aim for the next."""
_CAME_OF_IT = re.compile(r"^[^，。；]{0,10}[，的][^。；]{0,8}(?:实际|未|没有|才)")
_RATE_ERROR = Decimal("0.06")
"""Percentage points: a rate with one digit behind the point may be rounded so far."""
_NEAR = 5
"""Characters before 结转 in which its year stands: `上年结转资金`."""
_FAR, _FAR_BACK = 20, 80
"""Characters before an amount in which its year stands, and before `继续使用` in which the money is told."""
_DIGITS, _NUMBERS = 3, 12
"""Digits of an amount that nobody has by chance, and so many numbers back the one compared with is looked for."""
_FROM_BEFORE = re.compile(r"上年|年初|以前年度|历年|往年|去年")
_COMPARED = re.compile(
    r"(?:较|比|与|同)(?P<year>20\d{2})年度?(?:决算数?|同期|数)?(?:相比|比)?，?[^，。；\d]{0,6}(?:增加|增长|减少|下降|上升|降低|提高|持平|压减)"
)
"""`较2021年下降2.6%`: what this year is compared with."""
_LONG = re.compile(r"以来|五年|两年|三年|[近连历逐]年|年均|规划|十[三四五]五|疫情|基期|累计|翻")
"""`与2020年（十三五末）相比`: a base further back is meant."""
_MIDYEAR = re.compile(
    r"截[至止]到?(?:目前|(?P<year>20\d{2})年)?(?P<month>\d{1,2})月(?:底|末|份|\d{1,2}日)|上半年|前三季度|1(?:-|—|至|到)(?P<to>[3-9]|1[01])月"
)
"""`截至6月底`, `上半年`, `1-9月`: the middle of the year."""
_RESULT = re.compile(r"完成|实现|累计|共|支出|执行|达到?|发放|开展|收入")
"""`完成投资`, `累计支出`: a result is told, not only an event of that half."""
_WHOLE = re.compile(r"下半年|全年|四季度|12月|年底|年末|同期|按季|按月|分别于|免疫|公开")
"""`上半年…，下半年…`, `按季公开`: the whole year is told beside it, or nothing depends on it."""


@check("R10", "年份与报告年度")
def years(reading: Reading) -> Iterator[Finding]:
    """Wrong: last year's text left as it was (`2022年度本部门无…` in the report on 2023); what is left or planned
    put into a year that is over; a base or a result that by its figures is of another year than told.

    Silent in comparisons, where the report's own year stands in the same sentence, for document titles,
    history, plans, carried-over money, named funds, ranges of years and days in the next year. Months
    before December as the result of the year are a hint.
    """
    year = reading.year
    if year is None:
        return
    headings = Headings(marks(reading))
    sentences = reading.sentences
    often = Counter(int(m["year"]) for s in sentences for m in _YEAR.finditer(s.text) if not m["month"])
    for at, sentence in enumerate(sentences):
        if not _DATED.search(sentence.text):
            continue
        around = [s.text for s in sentences[max(0, at - 1) : at + 2] if s.paragraph == sentence.paragraph]
        plan = headings.is_plan(sentence.start) or _FUTURE.search(sentence.text) is not None
        planned = list(_planned(reading, sentence, year, plan))
        yield from planned or _drifted(reading, sentence, "".join(around), year, often, headings)
        yield from _midyear(reading, sentence, year, headings)
        carried = list(_carried_on(reading, sentence, year))
        yield from carried
        yield from _base(reading, sentence, year)
        yield from _task(reading, sentence)
        yield from _named(reading, sentence, year)
        aims = headings.is_plan(sentence.start) or _STILL.search(sentence.text) is not None
        if aims and not carried:
            yield from _late(reading, sentence, year)


def _drifted(
    reading: Reading, sentence: Sentence, around: str, year: int, often: Counter[int], headings: Headings
) -> Iterator[Finding]:
    text = _TITLED.sub(lambda m: "·" * len(m.group()), sentence.text)
    text = _RANGE.sub(lambda m: "·" * len(m.group()), text)
    years_here = {int(m["year"]) for m in _YEAR.finditer(text)}
    if year in years_here or not years_here or _COMPARES.search(text):
        return
    found: list[tuple[str, re.Match[str]]] = []
    for match in _YEAR.finditer(text):
        other = int(match["year"])
        if _HISTORY.search(_clause(text, match)) or (
            other == year - 1 and _is_base(reading, sentence, around.partition(sentence.text)[2], year)
        ):
            continue
        level = _level(text, match, year, headings.is_plan(sentence.start))
        doubtful = reading.titled_year != year and often[year] < 2 * often[other]
        if level == ERROR and (str(year) in around or doubtful):
            level = CHECK
        found += [(level, match)] if level is not None else []
    if found:
        yield _left_over(reading, sentence, found, year)


def _left_over(
    reading: Reading, sentence: Sentence, found: Sequence[tuple[str, re.Match[str]]], year: int
) -> Finding:
    """One finding a sentence: `2022年收入…，2022年支出…` is one year left as it was."""
    level, first = found[0]
    text, places = sentence.text, []
    for sure, match in found:
        if sure == level and match["year"] == first["year"]:
            clause = _CLAUSE_END.search(text, match.end())
            places.append((match.start(), clause.start() if clause else len(text)))
    message = f"本报告是{year}年度的，这里写的是{first['year']}年，"
    message += "请核对" if level == CHECK else "像是沿用了别的年度的文字"
    stretches = ((sentence.start + start, sentence.start + end) for start, end in places)
    right = first.group().replace(first["year"], str(year))
    return reading.finding("R10", level, message, *stretches, expected=right, all_wrong=True)


def _is_base(reading: Reading, sentence: Sentence, follows: str, year: int) -> bool:
    """Whether last year is told to be compared with: the next sentence tells this year's, or the change to it."""
    if follows.startswith(f"{year}年") and re.search("[较比]", follows.partition("。")[0]):
        return True
    first = reading.quantities_near(sentence.start, 0, 1)
    change = reading.quantities_near(sentence.end, 0, 1)
    if not re.match(r"[与比较]?(?:上年|去年|同比)", follows) or not first or not change:
        return False
    old, by = first[0].money, change[0].money
    return (
        old is not None
        and by is not None
        and (old - by in reading.by_amount or old + by in reading.by_amount)
    )


def _clause(text: str, match: re.Match[str]) -> str:
    """The words around a year up to the next signs; `2022年，我局…` goes on behind its comma."""
    before = re.split(r"[，。；：]", text[: match.start()])[-1]
    return before + re.split(r"[，。；]", text[match.end() :].lstrip("，"), maxsplit=1)[0]


def _level(text: str, match: re.Match[str], year: int, plan: bool) -> str | None:
    """How sure it is that this year was left over; None: it may well stand here."""
    other, rest, before = int(match["year"]), text[match.end() :], text[: match.start()]
    closing = match["month"] == "12月" and match["day"] in (None, "31日")
    until = re.search(r"截[至止]到?$", before) is not None
    if other > year:
        # Days of the next year: issue, publication, the report itself.
        intended = _NEXT.search(before) or _INTENDED.match(rest)
        return None if match["month"] or plan or other > year + 1 or intended else CHECK
    if match["month"] and not (until and closing):
        return None
    if re.search(r"(?:自|从|由|自从|于|比|较|与|和|对|同)$", before) or re.match(
        r"起|以来|开始|前|之前|同期|至|到", rest
    ):
        return None
    if _FUNDS.match(rest):
        return None
    if len(text) < 16 and not re.search(r"[，。]|报告", text):
        return None  # a cell of a table, or a heading
    if _OPENS.search(before) and (closing or match["part"] in ("末", "底") or _SUBJECT.match(rest)):
        return ERROR
    return CHECK if other == year - 1 and not plan else None


def _midyear(reading: Reading, sentence: Sentence, year: int, headings: Headings) -> Iterator[Finding]:
    text = sentence.text
    for match in _MIDYEAR.finditer(text):
        month = int(match["month"] or match["to"] or 6)
        stated = int(match["year"]) if match["year"] else year
        if month >= 12 or stated != year or headings.is_plan(sentence.start) or _WHOLE.search(text):
            continue
        if not _RESULT.search(text) or not re.search(r"\d", text[match.end() :]):
            continue
        message = f"“{match.group()}”只是年中的情况，年度报告应写全年（截至12月31日）的结果"
        yield reading.finding(
            "R10", HINT, message, (sentence.start + match.start(), sentence.start + match.end())
        )
        return


def _carried_on(reading: Reading, sentence: Sentence, year: int) -> Iterator[Finding]:
    """Money left at the end of the year that is to be used in the same year."""
    for match in _CARRIED.finditer(sentence.text):
        before = sentence.text[max(0, match.start() - _NEAR) : match.end()]
        if int(match["year"]) != year or _FROM_BEFORE.search(before):
            continue
        message = f"{year}年末的结转资金只能在以后年度使用，这里写的是{year}年"
        place = (sentence.start + match.start("year"), sentence.start + match.end())
        yield reading.finding("R10", ERROR, message, place, expected=f"{year + 1}年")
    for match in _KEPT_ON.finditer(sentence.text):
        before = reading.text.flat[
            max(0, sentence.start + match.start() - _FAR_BACK) : sentence.start + match.start()
        ]
        if int(match["year"]) == year and _LEFT.search(before) and not _FROM_BEFORE.search(before):
            message = f"{year}年末的结转资金只能在以后年度使用，这里写的是{year}年"
            place = (sentence.start + match.start("year"), sentence.start + match.end())
            yield reading.finding("R10", ERROR, message, place, expected=f"{year + 1}年")


def _base(reading: Reading, sentence: Sentence, year: int) -> Iterator[Finding]:
    """`较2021年下降` in the report on 2023: compared with the year before last, as in last year's report.

    Wrong if the amount compared with is last year's by another sentence.
    """
    for amount in _BASE.finditer(sentence.text):
        number = sentence.start + amount.end()
        if int(amount["year"]) < year - 1 and _is_of_last_year(reading, number, year):
            yield _of_last_year(reading, sentence, amount, year)
            return
    match = _COMPARED.search(sentence.text)
    if match is None or int(match["year"]) != year - 2 or _LONG.search(sentence.text):
        return
    if f"{year - 1}年" in sentence.text:
        return
    if _base_is_of_last_year(reading, sentence.start + match.start(), sentence.start + match.end(), year):
        yield _of_last_year(reading, sentence, match, year)
        return
    message = f"本报告是{year}年度的，这里与{match['year']}年比较，一般应与{year - 1}年（上年）比较，请核对"
    place = (sentence.start + match.start(), sentence.start + match.end())
    yield reading.finding("R10", CHECK, message, place, expected="")


def _of_last_year(reading: Reading, sentence: Sentence, match: re.Match[str], year: int) -> Finding:
    message = f"比的是{year - 1}年的数，写成了{match['year']}年"
    place = (sentence.start + match.start(), sentence.start + match.end())
    return reading.finding("R10", ERROR, message, place, expected=f"{year - 1}年")


def _is_of_last_year(reading: Reading, start: int, year: int) -> bool:
    """Whether the amount that begins here is told as last year's elsewhere."""
    amount = next((q for q in reading.quantities_near(start, 0, 1) if q.start == start), None)
    if amount is None or not amount.money or len(str(amount.value).replace(".", "")) < _DIGITS:
        return False
    return any(
        q.start != start and _told_of_last_year(reading, q, year) for q in reading.by_amount[amount.money]
    )


def _told_of_last_year(reading: Reading, quantity: Quantity, year: int) -> bool:
    return quantity.year == year - 1 or bool(
        _OF_LAST_YEAR.search(reading.text.words_before(quantity.start, "，。；", _FAR))
    )


def _base_is_of_last_year(reading: Reading, start: int, end: int, year: int) -> bool:
    """`2022年出诊300次。2023年出诊320次，较2021年增加20次`: the new number less the change is last year's."""
    new, change = reading.quantities_near(start, 1)[-1:], reading.quantities_near(end, 0, 1)
    if not new or not change or new[0].unit != change[0].unit or new[0].sentence != change[0].sentence:
        return False
    sign = -1 if re.search("增|上升|提高", reading.text.flat[start:end]) else 1
    old = new[0].value + sign * change[0].value
    return any(
        q.unit == new[0].unit and q.value == old and q.year == year - 1
        for q in reading.quantities_near(start, _NUMBERS)
    )


def _named(reading: Reading, sentence: Sentence, year: int) -> Iterator[Finding]:
    """A year in brackets that is not the one it is called, where no other year is spoken of; and what is carried over
    into another year than the next."""
    told = {int(m["year"]) for m in _YEAR.finditer(sentence.text)}
    for match in _NAMED.finditer(sentence.text):
        right = year + (1 if match["name"][0] in "下次" else -1)
        stated = int(match["year"])
        if stated != right and told <= {stated, year}:
            place = (sentence.start + match.start(), sentence.start + match.end("year"))
            message = f"{year}年的{match['name']}是{right}年，这里写的是{stated}年"
            yield reading.finding("R10", ERROR, message, place, expected=f"{right}年")
    for match in _TURN_OF_YEAR.finditer(sentence.text):
        end, following = int(match["year"]), int(match["next"])
        if following != end + 1:
            place = (sentence.start + match.start(), sentence.start + match.end())
            message = f"{end}年末的资金结转到{end + 1}年，这里写的是{following}年"
            yield reading.finding("R10", ERROR, message, place)


def _task(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    """A goal of one year and what was done in another, with the rate of the one to the other."""
    for match in _TASK.finditer(sentence.text):
        goal, done, rate = (
            Decimal(match[name].replace(",", "").strip(".")) for name in ("goal", "done", "rate")
        )
        if match["year"] == match["other"] or not goal or abs(done / goal * 100 - rate) > _RATE_ERROR:
            continue
        message = f"目标是{match['year']}年的，完成写成了{match['other']}年"
        place = (sentence.start + match.start("other"), sentence.start + match.end("done"))
        yield reading.finding("R10", ERROR, message, place, expected=f"{match['year']}年")


def _planned(reading: Reading, sentence: Sentence, year: int, plan: bool) -> Iterator[Finding]:
    """`将在编制2022年预算时` in the report on 2023: what is still to be done lies in a year that is over."""
    for match in _PLANNED.finditer(sentence.text):
        told, words = int(match["year"]), sentence.text[match.start() : match.end() + len("执行")]
        over = told < year or (told == year and "编制" in words)
        if over and (plan or (told < year and re.match("抓好.*预算执行", words))):
            message = f"下一步的打算写成了{told}年，{year}年度已经结束"
            place = (sentence.start + match.start(), sentence.start + match.end())
            yield reading.finding("R10", ERROR, message, place, expected=f"{year + 1}年")


def _late(reading: Reading, sentence: Sentence, year: int) -> Iterator[Finding]:
    """An aim among what is still to be done that lies in the year of the report."""
    for match in _AIM.finditer(sentence.text):
        before, behind = sentence.text[: match.start()], sentence.text[match.end() :]
        # `原计划2023年6月建成的泵站未完成`, `计划于2023年6月完成，实际未完成`: what was aimed at then.
        if int(match["year"]) <= year and not before.endswith("原") and not _CAME_OF_IT.search(behind):
            message = f"下一步的打算写成了{match['year']}年，{year}年度已经结束"
            place = (sentence.start + match.start(), sentence.start + match.end())
            yield reading.finding("R10", ERROR, message, place, expected=f"{year + 1}年")
