"""All rules over words and form together: silent on a sound report, explained, and steady on strange text."""

from __future__ import annotations

import tomllib

import pytest

from desktop.audit.finding import HINT
from desktop.audit.text_audit import CHECKS
from desktop.domain.assessment import Assessment
from desktop.domain.fields.fields import section_text
from tests.audit.rule_cases import findings_of
from tests.places import RESOURCES

CODES = tuple(f"R{number}" for number in range(10, 22))
STRANGE = {
    "nothing": "",
    "blanks": " \n\u3000\t\n",
    "digits": "1" * 20_000,
    "brackets": "（" * 20_000,
    "one sentence": "增加60%，同比下降50%，办公费1000元，" * 1_000,
    "many parts": "一、甲\n（2）乙\n6、丙\n" * 1_000,
    "many points": "一是甲。二是乙。" * 1_000,
    "half quotes": "甲“乙\n" * 2_000,
    "years": "2022年" * 5_000,
}


@pytest.fixture(scope="module", params=[2022, 2023])
def sample_texts(request: pytest.FixtureRequest, samples: dict[int, Assessment]) -> tuple[int, list[str]]:
    """The year, and the sample's sections as they are read."""
    sample = samples[request.param]
    return request.param, [section_text(sample, section) for section in sample.sheet.outline]


@pytest.mark.parametrize("code", CODES)
def test_the_sample_unit_is_sound(code: str, sample_texts: tuple[int, list[str]]) -> None:
    year, texts = sample_texts
    for raw in (*texts, "\n".join(texts)):
        assert {f.level for f in findings_of(code, raw, year)} <= {HINT}


@pytest.mark.parametrize("code", CODES)
def test_every_rule_is_explained(code: str) -> None:
    entry = tomllib.loads((RESOURCES / "help" / "rules.toml").read_text(encoding="utf-8"))[code]
    assert entry["name"] == CHECKS[code].name
    assert len(entry["explanation"]) > 60


@pytest.mark.parametrize("raw", STRANGE.values(), ids=STRANGE)
@pytest.mark.parametrize("code", CODES)
def test_strange_text_ends_in_findings_inside_it(code: str, raw: str) -> None:
    for finding in findings_of(code, raw):
        assert all(0 <= span.start <= span.end <= len(raw) for span in finding.spans)
