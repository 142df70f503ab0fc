"""The whole audit: a report of 25,000 characters, and that time grows with length, not with its square."""

from __future__ import annotations

import time

from desktop import paths
from desktop.audit.auditing import audit_text
from desktop.audit.narrative import narrative_of
from desktop.domain.assessment import Assessment
from desktop.resource_files.sample import sample_reports
from desktop.resource_files.templates import load_templates
from tests.bench.table import Row, seconds

CHARACTERS = 25_000
PROMISED_SECONDS = 0.150
LONG = 500_000
LINEAR = 1.5


def rows() -> list[Row]:
    templates = load_templates(paths.resources_dir())
    sample = max(sample_reports(paths.resources_dir()), key=lambda s: s.year)
    own = narrative_of(Assessment(templates, sample.facts, sample.year, sample.system)).text

    def audit(length: int) -> None:
        audit_text((own * (length // len(own) + 1))[:length], templates=templates)

    short = seconds(lambda: audit(CHARACTERS))
    start = time.perf_counter()
    audit(LONG)
    long = time.perf_counter() - start
    return [
        Row("全面核对一份25000字的报告 ÷ 承诺", short, "s", PROMISED_SECONDS, 1),
        Row("核对50万字 ÷ 按字数推算", long, "s", short * LONG / CHARACTERS, LINEAR),
    ]
