"""The row arithmetic of templates: `+ - * / ( ) sum round abs`, empty cells, and rates that stay undefined.

three_public.total.final            one cell of another table
vehicles + abroad + reception       rows of the same table, in the same column
final / budget                      columns of the same table, in the same row
sum(special.*)                      the open rows of a group
sum(annex3_funds@*.total.executed)  one cell over all projects
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from desktop.domain.keys import FactKey
from desktop.domain.numbers import canonical, round_half_up

Resolve = Callable[[str], Sequence[FactKey]]
"""A reference as written in a formula -> the cells it stands for."""
Lookup = Callable[[FactKey], Decimal | None]

FUNCTIONS = ("sum", "round", "abs", "max0")
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Za-z_]\w*(?:@(?:\*|\w+))?(?:\.(?:\w+|\*))*)|(?P<sign>[-+*/(),]))"
)
"""A number `0.5`, a reference `annex3_funds@*.total.executed` or `special.*`, or a sign."""
_SIGNS_IN_WORDS = {"+": " ＋ ", "-": " － ", "*": " × ", "/": " ÷ "}
LONGEST = 400
"""Names, numbers and signs; a longer formula is no row arithmetic."""
DEEPEST = 40
"""Brackets and signs within each other: templates come from outside too, and must not exhaust the stack."""


class FormulaError(ValueError):
    """A formula in a template that cannot be read."""


class Number(NamedTuple):
    value: Decimal


class Reference(NamedTuple):
    name: str


class Operation(NamedTuple):
    sign: str
    left: Node
    right: Node


class Call(NamedTuple):
    function: str
    arguments: tuple[Node, ...]


Node = Number | Reference | Operation | Call


@lru_cache(maxsize=2_000)
def parse(text: str) -> Node:
    """Read a formula. Raises FormulaError with the formula in it."""
    return _Parser(text).whole()


class _Parser:
    """Recursive descent over + - (lowest), * / and factors."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(islice(self._tokens(), LONGEST + 1))
        if len(self.tokens) > LONGEST:
            raise FormulaError(f"{text[:40]!r}…: more than {LONGEST} names, numbers and signs")
        self.at = self.depth = 0

    def _tokens(self) -> Iterator[str]:
        at = 0
        while self.text[at:].strip():
            match = _TOKEN.match(self.text, at)
            if not match:
                raise FormulaError(f"cannot read {self.text!r} at {self.text[at:]!r}")
            yield match.group().strip()
            at = match.end()

    def _peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def _take(self, expected: str = "") -> str:
        token = self._peek()
        if not token or (expected and token != expected):
            raise FormulaError(f"{self.text!r}: expected {expected or 'a value'}, found {token or 'the end'}")
        self.at += 1
        return token

    def whole(self) -> Node:
        node = self._expression()
        if self._peek():
            raise FormulaError(f"{self.text!r}: {self._peek()!r} is left over")
        return node

    def _expression(self) -> Node:
        return self._binary("+-", lambda: self._binary("*/", self._factor))

    def _binary(self, signs: str, operand: Callable[[], Node]) -> Node:
        node = operand()
        while self._peek() and self._peek() in signs:
            node = Operation(self._take(), node, operand())
        return node

    def _factor(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise FormulaError(f"{self.text!r}: more than {DEEPEST} levels deep")
        try:
            return self._value()
        finally:
            self.depth -= 1

    def _value(self) -> Node:
        token = self._take()
        if token == "(":
            node = self._expression()
            self._take(")")
            return node
        if token == "-":
            return Operation("-", Number(Decimal(0)), self._factor())
        if token[0].isdigit():
            return Number(Decimal(token))
        if not (token[0].isalpha() or token[0] == "_"):
            raise FormulaError(f"{self.text!r}: {token!r} is not a value")
        if token not in FUNCTIONS:
            return Reference(token)
        self._take("(")
        arguments = [self._expression()]
        while self._peek() == ",":
            self._take()
            arguments.append(self._expression())
        self._take(")")
        return Call(token, tuple(arguments))


def references(node: Node) -> Iterator[str]:
    """Every reference in the order written."""
    match node:
        case Reference(name):
            yield name
        case Operation(_, left, right):
            yield from references(left)
            yield from references(right)
        case Call(_, arguments):
            for argument in arguments:
                yield from references(argument)


def evaluate(node: Node, resolve: Resolve, lookup: Lookup) -> Decimal | None:
    """The value, or None where it is empty or undefined.

    In a sum or difference an empty cell counts as nothing unless all are empty; in a product or quotient
    an empty cell, and a division by zero, make the whole undefined.
    """
    match node:
        case Number(value):
            return value
        case Reference(name):
            return _add([lookup(key) for key in resolve(name)])
        case Operation(sign, left, right):
            return _operate(sign, evaluate(left, resolve, lookup), evaluate(right, resolve, lookup))
        case Call(function, arguments):
            values = [evaluate(argument, resolve, lookup) for argument in arguments]
            return _apply(function, values)


def _add(values: Sequence[Decimal | None]) -> Decimal | None:
    given = [value for value in values if value is not None]
    return sum(given, Decimal(0)) if given else None


def _operate(sign: str, left: Decimal | None, right: Decimal | None) -> Decimal | None:
    if sign in "+-":
        if left is None and right is None:
            return None
        left, right = left or Decimal(0), right or Decimal(0)
        return left + right if sign == "+" else left - right
    if left is None or right is None or (sign == "/" and right == 0):
        return None
    return left * right if sign == "*" else left / right


def _apply(function: str, values: Sequence[Decimal | None]) -> Decimal | None:
    first = values[0]
    if function == "sum":
        return _add(values)
    if first is None:
        return None
    if function == "round":
        return round_half_up(first, int(values[1] or 0) if len(values) > 1 else 0)
    return abs(first) if function == "abs" else max(first, Decimal(0))


def in_words(node: Node, label: Callable[[str], str]) -> str:
    """The formula as a clerk would say it: `公车购置 ＋ 公车运行维护`."""
    match node:
        case Number(value):
            return canonical(value)
        case Reference(name):
            return label(name)
        case Operation(sign, left, right):
            return _operation_in_words(sign, left, right, label)
        case Call("sum", arguments):
            return " ＋ ".join(in_words(argument, label) for argument in arguments)
        case Call("round", arguments):
            return in_words(arguments[0], label)
        case Call(function, arguments):
            name = "绝对值" if function == "abs" else "正数部分"
            return f"{name}（{in_words(arguments[0], label)}）"


def _operation_in_words(sign: str, left: Node, right: Node, label: Callable[[str], str]) -> str:
    def part(node: Node, bracketed: str) -> str:
        words = in_words(node, label)
        return f"（{words}）" if isinstance(node, Operation) and node.sign in bracketed else words

    weaker = "+-" if sign in "*/" else ""
    bracketed_right = {"-": "+-", "*": "+-", "/": "+-*/"}  # a－（b＋c）, a÷（b×c）
    return part(left, weaker) + _SIGNS_IN_WORDS[sign] + part(right, bracketed_right.get(sign, weaker))
