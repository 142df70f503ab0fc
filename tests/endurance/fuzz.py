"""Coverage-guided fuzzing of whatever reads what others wrote: `python -m tests.endurance.fuzz TARGET`.

Needs the group `endurance` of pyproject.toml. Stops at the first input that raises anything but the errors a
reader may raise, takes over 5 seconds, or brings the process over 1 GB; the input is left in the folder given.
"""

from __future__ import annotations

import argparse
import importlib
import io
import sys
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import atheris

from tests.places import ROOT

if TYPE_CHECKING:
    from desktop.domain.keys import FactKey
    from desktop.exchange.export_job import ExportJob

RESOURCES = ROOT / "resources"
SLOWEST_SECONDS = 5
MOST_MEGABYTES = 1024

Try = Callable[[bytes], None]
Mutate = Callable[[bytes, int, int], bytes]


def numbers() -> Try:
    """Amounts as people write them: never an error, and what was read can be read again."""
    from desktop.domain.numbers import canonical, parse_amount, parse_money, round_half_up, show

    def attempt(data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        amount = parse_amount(text)
        if amount is not None:
            assert amount.value.is_finite()
            again = parse_amount(canonical(amount.value))
            assert again is not None and again.value == amount.value, text
            show(round_half_up(amount.value))
        parse_money(text)

    return attempt


def formulas() -> Try:
    """Formulas of templates from outside: FormulaError, or a node that can be evaluated and worded."""
    from desktop.domain.formula import FormulaError, evaluate, in_words, parse, references
    from desktop.domain.keys import FactKey

    values = [Decimal(0), Decimal("1.25"), None]

    def attempt(data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        try:
            node = parse(text)
        except FormulaError:
            return
        names = list(references(node))
        for value in values:
            evaluate(node, lambda name: [FactKey("t", name, "c")], lambda _, v=value: v)
        assert in_words(node, lambda name: name) or not names

    return attempt


def texts() -> Try:
    """The audit of any text, with the forms printed in it."""
    from desktop.audit.auditing import audit_text
    from desktop.resource_files.templates import load_templates

    templates = load_templates(RESOURCES)

    def attempt(data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        for finding in audit_text(text, templates=templates):
            for span in finding.spans:
                assert 0 <= span.start <= span.end <= len(text)

    return attempt


def _imports(ending: str) -> Try:
    from desktop.errors import UserError
    from desktop.paths import Paths
    from desktop.workplace import Workplace

    folder = Path(tempfile.mkdtemp(prefix="fuzz", dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
    place = Workplace.open(Paths(folder), RESOURCES)
    place.add_samples()
    file = folder / f"handed-in{ending}"

    def attempt(data: bytes) -> None:
        file.write_bytes(data)
        try:
            source = place.read_source(file)
            place.draft_import(source, source.unit or "清河县农业农村局", source.year or 2023).in_words()
        except UserError:
            pass

    return attempt


def workbooks() -> Try:
    """Any file with the ending of a workbook, up to the import's preview."""
    return _imports(".xlsx")


def documents() -> Try:
    """Any file with the ending of a report, up to the import's preview."""
    return _imports(".docx")


def packages() -> Try:
    """Report packages whose sums are not compared, or every change would be turned away at the door."""
    from desktop.domain.facts import FactSheet
    from desktop.domain.keys import FactKey
    from desktop.errors import UserError
    from desktop.exchange.package.plan import plan_package
    from desktop.exchange.package.reader import read_package
    from desktop.resource_files.sample import sample_reports
    from desktop.resource_files.templates import load_templates
    from desktop.work_items import Draft

    templates, sample = load_templates(RESOURCES), next(iter(sample_reports(RESOURCES)))

    def attempt(data: bytes) -> None:
        try:
            package = read_package(data, "handed-in.zpb", verify=False)
        except UserError:
            return
        for facts in (dict[FactKey, str](), sample.facts):
            plan = plan_package(package, FactSheet(templates, facts, sample.year), source="handed-in.zpb")
            Draft(package.unit, sample.year, plan, bool(facts)).in_words()
            assert all(text is None or text.encode() for _, text in plan.wanted())

    return attempt


TARGETS = {
    function.__name__: function for function in (numbers, formulas, texts, workbooks, documents, packages)
}


def zip_mutator(data: bytes, largest: int, seed: int) -> bytes:
    """One part of a zip changed instead of the packed bytes, whose checksums would turn every change away."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = {name: packed.read(name) for name in packed.namelist()}
    except Exception:
        return bytes(atheris.Mutate(data, largest))
    if not parts or seed % 10 == 0:
        return bytes(atheris.Mutate(data, largest))
    chosen = sorted(parts)[seed // 10 % len(parts)]
    parts[chosen] = bytes(atheris.Mutate(parts[chosen], len(parts[chosen]) + 4096))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    made = stream.getvalue()
    return made if len(made) <= largest else data


def seeds(target: str) -> list[bytes]:
    """A few true inputs to start from; the fuzzer keeps what leads it further."""
    from desktop.domain.assessment import Assessment
    from desktop.exchange.export_job import ExportJob
    from desktop.exchange.exporters import EXPORTERS
    from desktop.resource_files.sample import sample_reports
    from desktop.resource_files.templates import load_templates

    if target == "numbers":
        said = ("1,234.50", "１２．５", "3.3万元", "50000元", "95%", "约12", "-0.5", "¥1，020.00", "（3.2）")
        return [text.encode() for text in said]
    templates = load_templates(RESOURCES)
    if target == "formulas":
        return [text.encode() for table in templates.tables.values() for text in _formulas_of(table)]
    sample = next(iter(sample_reports(RESOURCES)))
    job = ExportJob(templates, sample.facts, sample.year, sample.system, RESOURCES)
    if target == "texts":
        from desktop.exchange.document.compose import compose
        from tests.exchange.block_text import plain_text

        text = plain_text(compose(Assessment(templates, sample.facts, sample.year, sample.system)).blocks)
        return [text[at : at + 1500].encode() for at in range(0, len(text), 1500)]
    if target == "packages":
        return [_bare_package(job)]
    made = []
    for kind in {"workbooks": ("xlsx",), "documents": ("docx", "pdf")}[target]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"seed.{kind}"
            EXPORTERS[kind].run(path, replace(job, facts=_few(job)))
            made.append(path.read_bytes())
    data = ROOT / "tests" / "exchange" / "data"
    endings = {"workbooks": (".xls", ".xlsx"), "documents": (".doc",)}[target]
    return made + [path.read_bytes() for path in sorted(data.iterdir()) if path.suffix in endings]


def _few(job: ExportJob) -> dict[FactKey, str]:
    """Some of every table: a small file is tried a hundred times as often as a whole report."""
    unit = {key: text for key, text in job.facts.items() if key.table == "unit"}
    return dict(sorted(job.facts.items())[::12]) | unit


def _bare_package(job: ExportJob) -> bytes:
    """What an import reads of a package, of a report that is small: its papers would only be carried along."""
    from desktop.exchange.package.format import MANIFEST, REPORT
    from desktop.exchange.package.writer import package_file

    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package_file(replace(job, facts=_few(job)))[0])) as whole,
        zipfile.ZipFile(stream, "w") as bare,
    ):
        for name in (MANIFEST, REPORT):
            bare.writestr(name, whole.read(name))
    return stream.getvalue()


def _formulas_of(table: object) -> list[str]:
    from desktop.domain.template import Table
    from tests.template_formulas import formula_cells

    assert isinstance(table, Table)
    return sorted({text for _, _, text in formula_cells(table)})


def _modules() -> list[str]:
    """Everything that reads, by its dotted name; what is imported later goes without guidance."""
    files = (
        path for room in ("domain", "audit", "exchange") for path in (ROOT / "desktop" / room).rglob("*.py")
    )
    names = (".".join(path.relative_to(ROOT).with_suffix("").parts) for path in sorted(files))
    return [name.removesuffix(".__init__") for name in names]


def main() -> None:
    """Runs until the seconds are over or something is found; libFuzzer ends the process with its own code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=sorted(TARGETS))
    parser.add_argument("--seconds", type=int, default=1800)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "ziping-fuzz")
    options = parser.parse_args()
    corpus = options.folder / options.target
    corpus.mkdir(parents=True, exist_ok=True)
    with atheris.instrument_imports(include=["desktop"]):
        for module in _modules():
            importlib.import_module(module)
    for number, seed in enumerate(seeds(options.target)):
        (corpus / f"seed-{number}").write_bytes(seed)
    attempt = TARGETS[options.target]()
    zipped = options.target in ("workbooks", "documents", "packages")
    arguments = [
        sys.argv[0],
        f"-max_total_time={options.seconds}",
        f"-timeout={SLOWEST_SECONDS}",
        f"-rss_limit_mb={MOST_MEGABYTES}",
        f"-artifact_prefix={options.folder}/found-{options.target}-",
        "-print_final_stats=1",
        f"-max_len={400_000 if zipped else 6_000}",
        str(corpus),
    ]
    mutator = {"custom_mutator": zip_mutator} if zipped else {}
    atheris.Setup(arguments, attempt, **mutator)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
