"""Forms of other years and counties, each a folder as `resources/forms/` has them, and no line of code."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path

from desktop.domain.all_templates import Templates
from desktop.resource_files.templates import load_templates
from tests.places import RESOURCES

FOLDERS = Path(__file__).parent
OTHER_FORMS = ("next-2025", "hubei-2024", "columns-2024", "rents-2026", "sources-2024")


@cache
def templates_with(*editions: str) -> Templates:
    """The shipped templates and these editions of the forms, read as the program reads them."""
    with tempfile.TemporaryDirectory() as folder:
        return load_templates(resources_with(Path(folder), *editions))


def resources_with(folder: Path, *editions: str) -> Path:
    """A folder of resources, made in `folder`, with these editions beside the shipped ones."""
    resources = folder / "resources"
    shutil.copytree(RESOURCES, resources, ignore=shutil.ignore_patterns("fonts", "licenses"))
    (resources / "fonts").symlink_to(RESOURCES / "fonts")
    for edition in editions:
        shutil.copytree(FOLDERS / edition, resources / "forms" / edition)
    return resources
