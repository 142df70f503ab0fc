"""Where the tests find things, from whatever folder they stand in."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESOURCES = ROOT / "resources"
FONTS = RESOURCES / "fonts"
OLD_DATABASES = ROOT / "tests" / "old_databases"
FILES = ROOT / "tests" / "exchange" / "data"
"""Small files of other programs."""
CASES = ROOT.parent / "shared" / "cases"
"""Real reports with labels; they are not part of the project, and who reads them skips where they are missing."""
