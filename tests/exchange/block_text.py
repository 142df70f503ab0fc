"""What the blocks of a document say, for tests that look for words in it."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.exchange.document.blocks import Block, texts


def plain_text(blocks: Iterable[Block]) -> str:
    """One text per line, the cells of a row parted by tabs."""
    return "\n".join(text for block in blocks for text in texts(block))
