"""What the clerk chose for printing, and what stands where nothing was chosen."""

from desktop.domain.outline.print_options import PrintOptions, print_options_of, report_title
from tests.domain.conftest import MakeSheet


def test_print_options_default_to_the_usual(sheet: MakeSheet) -> None:
    assert print_options_of(sheet({})) == PrintOptions("", "", cover=True, charts=True, annexes_first=False)
    assert (
        print_options_of(sheet({"paper.this.cover": "是", "paper.this.annexes_first": "否"}))
        == PrintOptions()
    )


def test_every_print_option_is_read(sheet: MakeSheet) -> None:
    chosen = sheet(
        {
            "paper.this.title": "某局\n绩效报告 ",
            "paper.this.addressee": "清河县财政局：",
            "paper.this.cover": "否",
            "paper.this.charts": "否",
            "paper.this.annexes_first": "是",
        }
    )
    assert print_options_of(chosen) == PrintOptions("某局 绩效报告", "清河县财政局", False, False, True)


def test_report_title_is_the_clerks_own_or_names_year_and_unit(sheet: MakeSheet) -> None:
    assert report_title(sheet({})) == "2023年度部门整体支出绩效自评报告"
    assert report_title(sheet({"unit.this.name": "某局"})) == "2023年度某局整体支出绩效自评报告"
    assert report_title(sheet({"unit.this.name": "某局", "paper.this.title": "情况报告"})) == "情况报告"
