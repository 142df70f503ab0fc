"""How rules are registered: by a code of their own, over a text, over tables or over single cells."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Generic, NamedTuple, Protocol, TypeVar

from desktop.audit.finding import Finding
from desktop.domain.template import System

Subject = TypeVar("Subject")
"""What a rule looks at: a Reading, Tables, or Cells."""


Rule = Callable[[Subject], Iterator[Finding]]


class Check(NamedTuple, Generic[Subject]):
    """One rule: its code, its name for people, the function. What it means stands in `resources/help/rules.toml`."""

    code: str
    name: str
    run: Rule[Subject]
    last: bool = False
    """Whether it is run after all the others, over what they leave."""
    of_words: bool = False
    """Whether it doubts words, marks or reasons (`比重较大`, `（5）`, `≤`) and never the numbers that stand among them."""


_OF_WORDS: set[str] = set()


def doubts_words(code: str) -> bool:
    """Whether the findings of a rule speak of words only: the numbers they mark may be right all the same."""
    return code in _OF_WORDS


class Registering(Protocol[Subject]):
    def __call__(
        self, code: str, name: str, last: bool = False, of_words: bool = False
    ) -> Callable[[Rule[Subject]], Rule[Subject]]: ...


def registering(
    checks: dict[str, Check[Subject]],
) -> Registering[Subject]:
    """A decorator `(code, name)` that puts a rule into `checks`; ValueError for a code that is taken.

    The rule's docstring says what it holds to be wrong, and when it keeps silent.
    """

    def named(
        code: str, name: str, last: bool = False, of_words: bool = False
    ) -> Callable[[Rule[Subject]], Rule[Subject]]:
        def register(rule: Rule[Subject]) -> Rule[Subject]:
            if code in checks:
                raise ValueError(f"two rules are called {code}")
            checks[code] = Check(code, name, rule, last, of_words)
            _OF_WORDS.update([code] if of_words else [])
            return rule

        return register

    return named


def switched_off(system: System, by_user: Collection[str]) -> set[str]:
    """The codes that are left out: those the indicator system does without, and those the user has switched off."""
    return {*system.settings.get("without", ()), *by_user}
