"""R10: last year's text left as it was, and the middle of the year as the result of all of it."""

from __future__ import annotations

import pytest
from rule_cases import found, levels
