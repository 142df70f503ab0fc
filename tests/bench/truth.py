"""How true the audit is on labelled texts: what it finds, what it says beyond that, what it notices of broken claims.

A case is a JSON file: `text`, or `document` beside it; `findings` with `level` (or `severity`) and `quotes`; `correct`,
right claims with `quotes`. White space is left aside. A fault is found if a finding overlaps one of its quotes. A
claim is broken by another digit in its last number.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.audit.auditing import audited
from desktop.audit.evidence import UNCHECKED
from desktop.audit.finding import CHECK, ERROR, HINT, Finding
from desktop.domain.all_templates import Templates

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_Spans = list[tuple[int, int]]


@dataclass
class Truth:
    """Counts over the cases of a set."""

    faults: int = 0
    at_level: int = 0
    """错误 that are labelled, and of these those that are said as 错误."""
    said: int = 0
    labelled: int = 0
    """错误 that are said, and of these those that overlap any label."""
    right: int = 0
    called_wrong: int = 0
    asked: int = 0
    """Right claims; those that an 错误, and that a 核实, overlaps without a label."""
    broken: int = 0
    noticed: int = 0
    numbers: int = 0
    checked: int = 0
    """Numbers of the texts, and those that are proved or refuted."""


def truth_of(paths: Iterable[Path], templates: Templates) -> Truth:
    """Over cases; each right claim is broken once."""
    total = Truth()
    for path in paths:
        case = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(case, dict) and "findings" in case:
            raw = case.get("text") or (path.parent / case["document"]).read_text(encoding="utf-8")
            _count(total, _Text(raw), case, templates)
    return total


class _Text:
    """A text without its white space, and the way back."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        kept = [(char, at) for at, char in enumerate(raw) if not char.isspace()]
        self.flat = "".join(char for char, _ in kept)
        self.places = [at for _, at in kept]

    def spans(self, quotes: Iterable[str]) -> _Spans:
        found: _Spans = []
        for quote in ("".join(q.split()) for q in quotes):
            at = self.flat.find(quote)
            while quote and at >= 0:
                found.append((self.places[at], self.places[at + len(quote) - 1] + 1))
                at = self.flat.find(quote, at + 1)
        return found


def _count(total: Truth, text: _Text, case: dict[str, Any], templates: Templates) -> None:
    found, numbers, _ = audited(text.raw, templates=templates)
    total.numbers += len(numbers)
    total.checked += sum(number.state != UNCHECKED for number in numbers)
    labels = [(f.get("level") or f["severity"], text.spans(f["quotes"])) for f in case["findings"]]
    for level, spans in labels:
        said = [f.level for f in found if _overlap(f, spans)]
        total.faults += level == ERROR
        total.at_level += level == ERROR and ERROR in said
    unlabelled = [f for f in found if not any(_overlap(f, spans) for _, spans in labels)]
    total.said += sum(f.level == ERROR for f in found)
    total.labelled += sum(f.level == ERROR for f in found if f not in unlabelled)
    for claim in case["correct"]:
        spans = text.spans(claim["quotes"])
        beside = {f.level for f in unlabelled if _overlap(f, spans)}
        total.right += 1
        total.called_wrong += ERROR in beside
        total.asked += CHECK in beside
    before = Counter((f.level, f.code, f.message) for f in found)
    for broken, spans in _broken(text, case["correct"]):
        again = audited(broken, templates=templates).findings
        fresh = Counter((f.level, f.code, f.message) for f in again) - before
        said = [f for f in again if f.level != HINT and fresh[f.level, f.code, f.message]]
        total.broken += 1
        total.noticed += any(_overlap(f, spans) for f in said)


def _broken(text: _Text, claims: Iterable[dict[str, Any]]) -> Iterator[tuple[str, _Spans]]:
    """The text with one digit of a claim changed, and where the claim stands."""
    for claim in claims:
        quote = "".join(claim["quotes"][0].split())
        number = next(iter(reversed(list(_NUMBER.finditer(quote)))), None)
        at = text.flat.find(quote)
        if number is None or at < 0:
            continue
        start, end = text.places[at + number.start()], text.places[at + number.end() - 1] + 1
        whole = (text.places[at], text.places[at + len(quote) - 1] + 1)
        yield text.raw[:start] + _other(text.raw[start:end]) + text.raw[end:], [whole]


def _other(number: str) -> str:
    """Another number of the same look: a digit behind the first is changed."""
    digits = [at for at, char in enumerate(number) if char.isdigit()]
    at = digits[1] if len(digits) > 1 else digits[0]
    return number[:at] + str((int(number[at]) + 3) % 10 or 4) + number[at + 1 :]


def _overlap(finding: Finding, spans: _Spans) -> bool:
    return any(a.start < end and start < a.end for a in finding.spans for start, end in spans)
