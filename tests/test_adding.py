"""The recipes of docs/adding.md name what is there, and their samples are taken by the program."""

from __future__ import annotations

import ast
import importlib
import re
import tomllib
from typing import Any

import pytest

from desktop.domain.checks import parse_checks
from desktop.domain.forms.edition import parse_edition
from desktop.domain.forms.form_faults import form_faults
from desktop.domain.outline.outline import parse_outline
from desktop.domain.template import parse_system, parse_table
from desktop.ontology import parse_ontology
from desktop.resource_files.templates import load_templates
from tests.places import RESOURCES, ROOT

TEMPLATES = load_templates(RESOURCES)
RECIPES = (ROOT / "docs" / "adding.md").read_text(encoding="utf-8")
TOML = [tomllib.loads(text) for text in re.findall(r"```toml\n(.*?)```", RECIPES, flags=re.S)]
PYTHON = re.findall(r"```python\n(.*?)```", RECIPES, flags=re.S)


def sample_with(word: str) -> dict[str, Any]:
    (found,) = (data for data in TOML if word in data)
    return found


def test_samples_of_templates_are_taken() -> None:
    meanings = tomllib.loads((RESOURCES / "sections.toml").read_text(encoding="utf-8"))
    table = parse_table({**sample_with("row"), **sample_with("annex")})
    assert table.annex and table.has("other:1", "change")
    assert parse_system(sample_with("block")).full == 100
    forms = {
        "forms.toml": sample_with("like"),
        "tables/rents.toml": sample_with("row"),
        "annex4.toml": sample_with("mark"),
    }
    edition, _ = parse_edition(forms, TEMPLATES.editions, {}, {})
    assert (
        list(
            form_faults(
                TEMPLATES._replace(editions={**TEMPLATES.editions, edition.id: edition}).with_forms(
                    edition.id
                )
            )
        )
        == []
    )
    assert parse_outline(sample_with("section"), meanings).sections
    assert parse_checks(sample_with("check")["check"])
    name = "残疾人就业保障金"
    added = {"nodes": sample_with(name), "set": sample_with("set")["set"], "staff": {}, "scopes": {}}
    assert [node.id for node in parse_ontology(added).under("商品服务支出")] == [name]


@pytest.mark.parametrize("text", PYTHON, ids=lambda text: re.sub(r"\W+", " ", text[:30]))
def test_samples_of_code_import_what_is_there(text: str) -> None:
    for node in ast.parse(text).body:
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith(("desktop.", "tests.")):
            module = importlib.import_module(str(node.module))
            assert all(hasattr(module, alias.name) for alias in node.names)


def test_recipes_name_what_stands_in_a_file() -> None:
    """``OWN` of `tests/audit/table_rules/test_table_rules.py``, one name or several with commas between."""
    said = re.findall(r"((?:`\w+`(?:, )?)+) of `((?:desktop|tests|build)/[\w./-]+\.py)`", RECIPES)
    named = [(name, file) for names, file in said for name in re.findall(r"\w+", names)]
    assert len(named) >= 10
    texts = {file: (ROOT / file).read_text(encoding="utf-8") for _, file in named}
    assert [(n, file) for n, file in named if not re.search(rf"\b{n}\b", texts[file])] == []


def test_recipes_name_files_and_folders_that_are_there() -> None:
    new = (
        "rents",
        "qinghe-2026",
        "city-2024",
        "six-short",
        "text_out",
        "losses",
        "word_count",
        "three_public_import",
    )
    named = re.findall(r"`((?:desktop|resources|tests|build)/[\w./-]+)`", RECIPES)
    assert len(named) > 20
    assert [name for name in named if not (ROOT / name).exists() and not any(n in name for n in new)] == []
