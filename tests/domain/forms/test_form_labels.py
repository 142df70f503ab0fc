"""By which words the import finds the cells of a form, and whose forms a file shows."""

from __future__ import annotations

from desktop.domain.forms.form_labels import edition_shown, labels_of
from desktop.domain.keys import FactKey
from tests.forms import OTHER_FORMS, templates_with

TEMPLATES = templates_with(*OTHER_FORMS)


def test_heads_and_labels_of_a_form_are_those_it_prints() -> None:
    labels = labels_of(TEMPLATES.with_forms("hubei-2024"), 2024)["annex2"]
    assert labels.heads["annex2_indicators"]["年初目标值"] == "target"
    assert labels.beside["基本支出总额"] == FactKey("annex2_funds", "basic", "executed")
    assert labels.beside["改进措施及结果应用方案"] == FactKey("annex2_reasons", "this", "use")


def test_labels_of_a_projects_form_name_tables_without_scope() -> None:
    labels = labels_of(TEMPLATES, 2023)["annex3"]
    assert labels.beside == {}, "a project is found by its name, which is no cell like others"
    assert labels.heads["annex3_funds"]["全年执行"] == "executed"


def test_a_file_shows_the_edition_of_which_it_has_labels_of_its_own() -> None:
    hubei = ["偏差大或目标未完成原因分析", "改进措施及结果应用方案", "单位名称", "三级指标"]
    assert edition_shown(hubei, TEMPLATES, 2024) == "hubei-2024"


def test_one_word_of_many_that_another_edition_has_is_not_enough() -> None:
    assert edition_shown(["年度目标", "三级指标", "自评得分"], TEMPLATES, 2024) == "annexes-2023"


def test_forms_of_later_years_are_not_thought_of() -> None:
    words = ["劳务费、委托业务费", "其中：面向中小企业采购", "政府采购支出总额"]
    assert edition_shown(words, TEMPLATES, 2025) == "next-2025"
    assert edition_shown(words, TEMPLATES, 2024) == "annexes-2023"


def test_the_only_word_that_an_edition_has_of_its_own_is_enough() -> None:
    assert edition_shown(["三级指标", "数据来源"], TEMPLATES, 2024) == "sources-2024"
