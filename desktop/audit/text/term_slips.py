"""Terms of the field with one slip of the hand or of a scanner: a character doubled, lost, swapped or taken for another.

What comes out of a slip is looked for, never what merely resembles a term: 公务接侍费 is no word, 绩效评分 is one.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from desktop.audit.text.word_search import Words

_TERMS = """
一般公共预算 政府性基金预算 国有资本经营预算 财政拨款收入 年初结转和结余 年末结转和结余 结转结余资金 部门整体支出 绩效自评报告
绩效评价 绩效目标 绩效管理 绩效指标 预算执行 预算编制 预算绩效 预算管理 年初预算 部门预算 部门决算 收支决算 财政拨款 专项资金 项目资金
基本支出 项目支出 人员经费 公用经费 机关运行经费 商品和服务支出 工资福利支出 对个人和家庭的补助 社会保障和就业 卫生健康 住房保障
住房公积金 公务接待费 公务接待 公务用车 运行维护费 因公出国 公务用车购置 会议费 培训费 差旅费 办公费 政府采购 固定资产 国有资产
内部控制 财务管理 资金使用 资金拨付 资金管理 执行进度 支付进度 序时进度 产出指标 效益指标 数量指标 质量指标 时效指标 成本指标
社会效益 经济效益 生态效益 可持续影响 服务对象满意度 群众满意度 满意度指标 在职人员 退休人员 核定编制 事业编制 行政编制 内设机构
监督管理 监督检查 规章制度 厉行节约 贯彻落实 统筹推进 组织实施 公共服务 乡村振兴 脱贫攻坚 安全生产 环境保护 生态环境 污染防治
基础设施 社会保障 人才保障 矛盾纠纷 疫情防控 应急管理 高质量发展 稳定态势 良好态势 上升态势 下降趋势 职能部门 主管部门 相关部门
有关部门 各部门 规范化 信息化 常态化 制度化 精细化
"""
_SHORT = "公顷 评估 拨付 拨款 绩效 结余 预算 决算 核算 编制 审计 账户 差额 额度 进度 幅度 采购 接待 培训 补贴 缴纳 维护 履职"
_CONFUSED = """
估佔沽诂 顷倾顸 拨拔泼 余佘 予子 绩积渍 效郊 校效 待侍 编偏 购沟 采釆 算箅 款欵 支攴 贴帖 履屡 缴檄 培陪 训驯 维唯 护炉
审宙 计汁 账帐 户尸 额颔 幅辐 度庋 监临 督瞥 检捡 查杳 贯惯 落洛 施拖 设没 础绌 构沟 制剌 规现 范苑 核该 职织 职识 值植
稳隐 态恣 趋趁 环坏 境竟 污汚 防妨 治冶 情清 控空 纠纤 纷份 矛予 盾质 疫役 基墓 础拙 贫贪 攻玫 坚竖 兴共
度渡 进近 执直 待代 费废 编边 制致 部步 维为 护户 采彩 购够 购构 训迅 缴交 预予 算蒜 资姿 拨播
标表 管官 监坚 实施 振震 效笑 意易 目木 值直 职值 险显 健建 障帐 保报 础楚 规归 范犯 贯灌 施失
"""
"""Characters taken for one another: in the first three lines by their look, as a scanner or a strange eye does it,
below by their sound, as an input method offers them."""
_NO_SLIP = """
为护 该算 交纳 接代 积效 边制 近度 播付 予算 维户 运维护费 高质发展 公倾 公顸 播款 偏制
"""
"""What comes out of a slip and stands across the border of two other words or is one: `为护航`, `周边制造`, `不予算入`."""
_OFTEN_LEFT_OUT = "和的性度经用初末"
"""Characters without which a term is only shorter: 满意指标, 机关运行费, 公务车购置."""
_LONG = 5
"""Characters of a term in which one may be lost and nothing else comes out."""
_LEAST = 4
"""Characters of a term in which one may be doubled or swapped and it is still plain what was meant."""


class Slip(NamedTuple):
    """A term that was written wrong, at a place of the text."""

    start: int
    wrong: str
    right: str


def slips(text: str) -> Iterator[Slip]:
    """The slips of a text in order, none over another."""
    made, words = _made()
    end = 0
    for at, wrong in words.places(text):
        if at >= end:
            yield Slip(at, wrong, made[wrong])
            end = at + len(wrong)


@cache
def _made() -> tuple[dict[str, str], Words]:
    """What slips make of the terms: wrong -> right."""
    terms = frozenset(_TERMS.split())
    words = terms | frozenset(_SHORT.split())
    no_slip = frozenset(_NO_SLIP.split())
    made: dict[str, str] = {}
    for term in words:
        for wrong in _forms(term):
            if wrong not in words | no_slip and not any(wrong in other for other in terms):
                made.setdefault(wrong, term)
    return made, Words(made)


def _forms(term: str) -> Iterator[str]:
    """One slip each. At the ends of a term a character may belong to the word beside it, so there only a strange
    one counts: `财政部部门决算`, `工作作风`."""
    for at, char in enumerate(term):
        for group in _CONFUSED.split():
            for other in group.replace(char, "") if char in group else "":
                yield term[:at] + other + term[at + 1 :]
    if len(term) < _LEAST:
        return
    for at in range(1, len(term) - 1):
        yield term[: at + 1] + term[at:]
        if at < len(term) - 2 and term[at] != term[at + 1]:
            yield term[:at] + term[at + 1] + term[at] + term[at + 2 :]
        if len(term) >= _LONG and term[at] not in _OFTEN_LEFT_OUT:
            yield term[:at] + term[at + 1 :]
