"""What the audit finds, says beyond it and notices is counted rightly."""

from __future__ import annotations

import json
from pathlib import Path

from desktop.domain.all_templates import Templates
from desktop.resource_files.templates import load_templates
from tests.bench.truth import truth_of
from tests.places import ROOT

TEXT = "全年预算100.00万元，全年支出80.00万元，执行率90.00%。\n采购货物30.00万元、服务20.00万元，\n两项合计50.00万元。"


def case(folder: Path, faults: list[str], right: list[str]) -> Path:
    path = folder / "case.json"
    findings = [{"level": "错误", "quotes": [quote]} for quote in faults]
    correct = [{"quotes": [quote]} for quote in right]
    path.write_text(json.dumps({"text": TEXT, "findings": findings, "correct": correct}), encoding="utf-8")
    return path


def templates() -> Templates:
    return load_templates(ROOT / "resources")


def test_a_labelled_fault_is_found_and_a_broken_claim_noticed(tmp_path: Path) -> None:
    truth = truth_of([case(tmp_path, ["执行率90.00%"], ["两项合计50.00万元"])], templates())
    assert (truth.faults, truth.at_level, truth.said, truth.labelled) == (1, 1, 1, 1)
    assert (truth.right, truth.called_wrong, truth.broken, truth.noticed) == (1, 0, 1, 1)
    assert 0 < truth.checked <= truth.numbers


def test_a_fault_that_is_not_labelled_counts_against_the_right_claim(tmp_path: Path) -> None:
    truth = truth_of([case(tmp_path, [], ["全年支出80.00万元，执行率90.00%"])], templates())
    assert (truth.said, truth.labelled, truth.called_wrong) == (1, 0, 1)
