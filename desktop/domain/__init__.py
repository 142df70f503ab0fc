"""The rules of the field, pure: no Qt, no database, no files.

Glossary (English names in the code, terms of the official forms):

    report              一个单位一个年度的自评        unit               预算单位
    annex1 / annex2 / annex3   附件1 基础数据表 / 附件2 自评表 / 附件3 项目自评表
    three_public        三公经费                    authorised         编制数
    in_post             实际在职人数                public_funds       公用经费
    personnel           人员经费                    basic_spending     基本支出
    project_spending    项目支出                    procurement        政府采购金额
    initial / adjusted / executed   年初预算数 / 全年（调整后）预算数 / 全年执行数
    final               决算数                      carryover          结转结余
    execution_rate      预算执行率                  rate               控制率、比率
    weight / points     分值 / 自评得分             lost               扣分
    target / actual     年度指标值 / 实际完成值      reason             偏差原因分析及改进措施
    system              指标体系                    outline            报告提纲
    block / group / indicator   一级指标 / 二级指标 / 三级指标                   grade   评价等次
    by rule / by hand   按评分标准得出 / 手工填写     check, finding     核对、核对发现的问题
    open row            `一个专项一行` 的行           heading, section   报告的标题及其下的正文
    money               万元，四舍五入到两位          field              正文中随表更新的数字
"""
