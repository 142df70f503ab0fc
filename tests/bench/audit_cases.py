"""How much of what is known to be wrong in real reports the audit finds, and what it says beyond that.

    python -m tests.bench.audit_cases [FOLDER] [--all]

A fault is found if a finding's span overlaps one of its quotes (white space left aside). A false alarm is
a finding of level 错误 that overlaps a right claim and no fault.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.audit.auditing import audit_text
from desktop.audit.finding import ERROR, LEVELS, Finding
from desktop.domain.template import Templates
from desktop.resource_files.templates import load_templates
from tests.places import ROOT

CASES = ROOT.parent / "shared" / "cases"


@dataclass
class Outcome:
    """One report compared with its labels."""

    name: str
    faults: list[dict[str, Any]]
    found: set[str] = field(default_factory=set)
    alarms: list[Finding] = field(default_factory=list)
    unlabelled: list[Finding] = field(default_factory=list)
    errors: int = 0


def flattened(raw: str) -> tuple[str, list[int]]:
    """The text without white space, and for each original offset its place there."""
    flat, places = [], []
    for char in raw:
        places.append(len(flat))
        if not char.isspace():
            flat.append(char)
    places.append(len(flat))
    return "".join(flat), places


def stretches(flat: str, quotes: list[str]) -> list[tuple[int, int]]:
    found = []
    for quote in ("".join(q.split()) for q in quotes):
        at = flat.find(quote)
        while at >= 0:
            found.append((at, at + len(quote)))
            at = flat.find(quote, at + 1)
    return found


def outcome(labels: Path, templates: Templates) -> Outcome:
    data = json.loads(labels.read_text(encoding="utf-8"))
    raw = (labels.parent / data["document"]).read_text(encoding="utf-8")
    flat, places = flattened(raw)
    faults = [(f, stretches(flat, f["quotes"])) for f in data["findings"]]
    right = [s for claim in data["correct"] for s in stretches(flat, claim["quotes"])]
    result = Outcome(data["document"], data["findings"])
    for finding in audit_text(raw, templates=templates):
        spans = [(places[s.start], places[s.end]) for s in finding.spans]
        hits = {f["id"] for f, quotes in faults if overlap(spans, quotes)}
        result.found |= hits
        if finding.level == ERROR:
            result.errors += 1
            if not hits:
                result.unlabelled.append(finding)
                if overlap(spans, right):
                    result.alarms.append(finding)
    return result


def overlap(spans: list[tuple[int, int]], others: list[tuple[int, int]]) -> bool:
    return any(a < d and c < b for a, b in spans for c, d in others)


def main(words: list[str]) -> int:
    folder = next((Path(w) for w in words if not w.startswith("-")), CASES)
    templates = load_templates(ROOT / "resources")
    outcomes = [outcome(path, templates) for path in sorted(folder.glob("*.json"))]
    if not outcomes:
        print(f"没有找到样本：{folder}", file=sys.stderr)
        return 2
    for result in outcomes:
        _show(result)
    for level in LEVELS:
        faults = [(r, f) for r in outcomes for f in r.faults if f["severity"] == level]
        hit = sum(f["id"] in r.found for r, f in faults)
        print(f"{level}：找到 {hit} / {len(faults)}")
    total = sum(len(r.faults) for r in outcomes)
    print(f"合计：找到 {sum(len(r.found) for r in outcomes)} / {total}")
    print(f"误报（错误级，落在正确的话上）：{sum(len(r.alarms) for r in outcomes)}")
    errors = sum(r.errors for r in outcomes)
    print(f"错误级共 {errors} 条，不在样本标注内 {sum(len(r.unlabelled) for r in outcomes)} 条")
    return 0


def _show(result: Outcome) -> None:
    print(f"== {result.name}")
    for fault in result.faults:
        if fault["id"] not in result.found:
            print(f"  漏 {fault['id']} {fault['severity']} {fault['rule']}：{fault['quotes'][0][:40]}")
    for finding in result.unlabelled:
        mark = "误报" if finding in result.alarms else "未标注"
        print(f"  {mark} {finding.code} {finding.message}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
