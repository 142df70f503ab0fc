"""How the lines read that every report prints around its text: titles, covers, contents, signatures.

How reports are titled, addressed and signed: docs/domain.md 4 and 7.
"""

from __future__ import annotations

import re

from desktop.exchange.import_report.file_body.dates import date_in

TITLE = re.compile(
    r"(?:绩效|自评|评价)(?:自评|评价|工作|情况)*(?:的?报告|总结)(?:[（(][^（）()]{1,12}[)）])?$"
)
"""How a title ends: `整体支出绩效自评报告`, `绩效评价工作的报告（送审稿）`."""
UNIT_ENDING = r"(?:[局委办院所站校部厅处会队社馆园镇乡]|中心|政府|街道|公司|集团|[中小大]学|[林农渔牧]场|[发护园景新]区|基地)"
"""How the name of a unit ends."""
TITLE_PART = re.compile(rf"(?:19|20)\d{{2}}年|整体支出|绩效|部门|单位|关于$|{UNIT_ENDING}$")
"""`清河县水利局`, `清河县水利局关于`, `2023年度`, `部门整体支出`: lines of a title that is set in several (docs/domain.md 7)."""
SENTENCE = re.compile(r"[。；;，：:！？]")
"""Signs that no title has."""
COVER_UNIT = re.compile(
    r"(?:部门|单位|预算单位|填报单位|部门[（(]单位[)）])(?:名称)?[（(]?(?:盖章|公章)?[)）]?[:：](.*)$"
)
"""`部门（单位）名称（盖章）：清河县水利局` on a cover."""
SEALED = re.compile(r"[（(](?:盖章|公章|印章|章)[)）]")
"""`清河县水利局（盖章）`"""
COVER_REMARK = re.compile(
    r"[（(]?此页为封面[)）]?$|封面$|目录$|[（(](?:盖章|公章)[)）]$"
    r"|[（(]此件[^（）()。]{2,12}[)）]$"
    r"|.{0,40}(?:打印本页|关闭窗口|扫一扫在手机|【字体：|字体：大中小).{0,20}$"
)
"""Lines that only say what page they stand on, or who may read it: `（此页为封面）`, `目录`, `（此件公开发布）`,
and what a web page has around its text: `字体：大 中 小`, `【打印本页】【关闭窗口】`."""
PAGE_NUMBER = re.compile(r"[-—–―－]\d{1,3}[-—–―－]$|第\d{1,3}页(?:[，,/]?共\d{1,3}页)?$")
"""`—3—`, `第4页共9页`, blanks taken out."""
CONTENTS_LINE = re.compile(
    r"(?:\d{1,2}(?:[.．]\d{1,2}){0,3}[、.．]?\s*)?[^\d.．…·]{2,}.*?(?:[.．…·]{3,}|\t\s*)\s*\d{1,3}\s*$"
)
"""`一、基本情况……3`, `1.3 目标设定……2`, or a tab before the page."""
PAGE_BEHIND = re.compile(r"[.．…·]{2,}\d{0,3}$|(?<=[^\d.．])\d{1,3}$|^\d{1,3}$")
"""What stands behind an entry of the 目录."""
ANNEX_LIST = re.compile(r"附件[:：]")
"""Begins the list of annexes below the text: `附件：1.基础数据表`."""
ANNEX_MARK = re.compile(r"附件?表?[一二三四五\d]{0,2}(?:[-—]\d+)?[:：]?$")
"""`附件`, `附件3-1：`, `附表二`, alone on a line above its form."""
ANNEX_NAME = re.compile(r"(?:附件)?\d{1,2}(?:[-—]\d+)?[.、．:：].{4,60}(?:表|报告)(?:[（(].{1,40}[)）])?$")
"""`2.部门整体支出绩效自评表` in that list."""
ANNEX_ALONE = re.compile(r"[^。；，]{4,40}(?:表|报告|清单)(?:[（(].{1,10}[)）])?$")
"""`附件：部门整体支出绩效自评表（略）`: the only one of the list, without a number."""
SIGNER = re.compile(rf"[^。；，：、\d]{{3,29}}{UNIT_ENDING}$")
"""A unit's name and nothing else: without figures or stops, of at most thirty-odd characters."""
ADDRESSEE = re.compile(r"(?!.*如下[:：]$)[^。；，]{2,40}[:：]$")
"""`清河县财政局：`, not `现将自评情况报告如下：`"""
SIGN_LINE = re.compile(
    r"[（(]?(?:(?:单位|部门|财务|项目|分管)?(?:负责人|领导)|填[报表]人|审核人|经办人|制表人?|联系人|(?:联系)?电话"
    r"|(?:电子)?邮箱|传真|地址)[^:：。；，]{0,8}[:：][^。]{0,60}$"
    r"|抄[送报][:：][^。]{2,80}。?$|[^。；，]{2,40}\d{1,2}日印发$"
)
"""`单位负责人（签字）：张三`, `（联系人：张三，电话：0731-1234567）`, `抄送：县审计局。`, `县水利局办公室2024年4月12日印发`:
lines below a signature."""
SIGN_LABEL = re.compile(
    r"(?:(?:填报|预算|编制|报告)?(?:单位|部门)(?:名称)?|(?:单位|部门|财务|项目|分管)?(?:负责人|领导)|填[报表]人|审核人"
    r"|经办人|联系人(?:及(?:联系)?电话)?|(?:联系)?电话|(?:填报|报告|填表|编制)?(?:日期|时间))"
    r"(?:[（(][^（）()]{1,6}[)）])?[:：]?$"
)
"""`填报单位（盖章）：`, `单位负责人：`, `填报日期：` in the first column of a table that is a signature."""
TITLE_UNIT = (
    re.compile(r"(?:19|20)\d{2}年度?(.{2,40}?)(?:部门|预算单位|单位)?(?:[（(]单位[)）])?(?:预算)?整体支出"),
    re.compile(r"^(.{3,40}?)(?:关于)?(?:19|20)\d{2}年度?"),
    re.compile(
        rf"^([^。；，：\d]{{3,29}}?{UNIT_ENDING})(?:关于)?(?:部门|预算单位|单位)?(?:预算)?(?:整体支出|绩效)"
    ),
)
"""Where a title names the unit, the surest wording first: `2023年度清河县水利局整体支出…`,
`清河县水利局关于2023年度…`, and without a year `清河县水利局部门整体支出…`."""
_ABOUT = re.compile(r"^(?:做好|开展|报送|上报|呈报|印发)")
"""`关于做好清河县水利局2023年度…的报告`: what the report does is no part of the unit's name."""
TITLE_YEAR = re.compile(r"[（(]?(?:19|20)\d{2}年度?[)）]?$")
"""`（2023年度）` on the line below a title."""
YEAR = re.compile(r"((?:19|20)\d{2})年")
LONGEST_TITLE, LONGEST_TITLE_PART, LONGEST_COVER_LINE, LONGEST_PRINTED_LINE = 60, 40, 50, 80
"""Characters. What is printed around a text is short: a longer line is text, whatever it begins with."""
_MOST_DATE_WORDS = 6
"""`2025 年 4 月 1 日`: the pieces of a date that is typed with blanks."""


def without_page(text: str) -> str:
    """`一、部门概况……3` -> `一、部门概况`, blanks taken out; '' for dots and pages alone."""
    return PAGE_BEHIND.sub("", "".join(text.split()))


def signer_and_date(text: str) -> tuple[str, str]:
    """Who signs, and the date where it stands on the same line: `（盖章）清河县水利局    2025年4月1日`."""
    words = SEALED.sub(" ", text).split()
    for begin in range(max(len(words) - _MOST_DATE_WORDS, 0), len(words)):
        if date := date_in("".join(words[begin:])):
            return "".join(words[:begin]), date
    signer = "".join(words)
    label = COVER_UNIT.match(signer)
    return (label[1] if label else signer), ""


def unit_in(title: str) -> str:
    """The unit that a title names: `2023年度清河县水利局整体支出绩效自评报告`."""
    for wording in TITLE_UNIT:
        unit = wording.search(title)
        name = _ABOUT.sub("", unit[1].strip("的关于")) if unit else ""
        if len(name) > 2 and not re.search(r"绩效|支出|部门|单位|报告", name):
            return name
    return ""
