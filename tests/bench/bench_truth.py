"""How often the audit is wrong on labelled texts, beside what is wanted (smaller is better).

Over the sets of `../shared/cases`, where they are; further folders of cases are named in the environment's
ZIPING_CASES, parted as PATH is. Only texts that nobody had seen when the rules were written tell how true it is.
"""

from __future__ import annotations

import os
from pathlib import Path

from desktop.resource_files.templates import load_templates
from tests.bench.table import Row
from tests.bench.truth import Truth, truth_of
from tests.places import ROOT

CASES = ROOT.parent / "shared" / "cases"
GIVEN = (CASES, CASES / "made", CASES / "retold", CASES / "kinds")


def rows() -> list[Row]:
    templates = load_templates(ROOT / "resources")
    more = [Path(name) for name in os.environ.get("ZIPING_CASES", "").split(os.pathsep) if name]
    sets = {"给定样本": [f for folder in GIVEN for f in sorted(folder.glob("*.json"))]}
    sets |= {folder.name: sorted(folder.glob("*.json")) for folder in more}
    return [row for name, files in sets.items() if files for row in _rows(name, truth_of(files, templates))]


def _rows(name: str, truth: Truth) -> list[Row]:
    """What is wanted as reference; no limit, for a set that was kept back may be hard."""
    shares = (
        ("错误未按错误指出", truth.faults - truth.at_level, truth.faults, 15),
        ("说成错误而不在标注内", truth.said - truth.labelled, truth.said, 3),
        ("正确的话说成错误", truth.called_wrong, truth.right, 0.2),
        ("正确的话提请核实", truth.asked, truth.right, 3),
        ("改错一位而没有发现", truth.broken - truth.noticed, truth.broken, 10),
        ("文中的数无从核对", truth.numbers - truth.checked, truth.numbers, 30),
    )
    return [
        Row(f"{name}：{what}", 100 * part / whole, "%", wanted)
        for what, part, whole, wanted in shares
        if whole
    ]
