"""What a report package (报告包, .zpb) is made of: what its writer, its reader and the installer agree on."""

from __future__ import annotations

ENDING = ".zpb"
FORMAT, FORMAT_VERSION = "整体支出绩效报告包", 1
MANIFEST, REPORT = "manifest.json", "report.json"
PARTS = {MANIFEST, REPORT}
"""A zip with both is a report package of this program."""
