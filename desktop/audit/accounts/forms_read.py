"""Which of the nine tables of final accounts a document has, and which were read: only these are reckoned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from desktop.audit.accounts.account import Account
from desktop.audit.accounts.forms import FORMS, form_of
from desktop.audit.text.flat_text import Text

_FEWEST_NAMED = 3
"""So many of their titles make a report on final accounts (决算公开) also where none could be read, as of pictures."""


class FormsRead(NamedTuple):
    """Titles, in their usual order; `unread` are those that stand nowhere or whose columns are not understood."""

    read: tuple[str, ...]
    unread: tuple[str, ...]

    def in_words(self) -> str:
        """`读到：收入支出决算总表、支出决算表；没有读到：…`, in one line."""
        if not self.unread:
            return "九张决算表都读到了"
        if not self.read:
            return "九张决算表一张也没有读到"
        return f"读到：{'、'.join(self.read)}；没有读到：{'、'.join(self.unread)}"


def forms_read(text: Text, accounts: Sequence[Account]) -> FormsRead | None:
    """None for a document that is no report on final accounts; a budget has such tables too."""
    final = [account for account in accounts if account.final]
    if not final and len(_named(text)) < _FEWEST_NAMED:
        return None
    # A table without any amount has nothing that would have to be understood.
    read = {account.form for account in final if account.empty or any(account.sides)}
    return FormsRead(tuple(f for f in FORMS if f in read), tuple(f for f in FORMS if f not in read))


def _named(text: Text) -> set[str]:
    lines = (text.flat[start:end] for start, end in text.lines)
    return {form for line in lines if "决算" in line and (form := form_of([line]))}
