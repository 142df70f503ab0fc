"""Whether what was parsed is of the kinds that the records say: TOML may give a number where a word should stand."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import lru_cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

_IN_WORDS = {str: "文字", bool: "true 或 false", int: "整数", float: "数字", Decimal: "数字"}


def misfit(value: Any, kind: Any, where: str) -> str:
    """What is not as it should be, first of all: `staff 的列 rate 的 label 应是文字`; '' where all fits.

    `kind` is a type or what stands in the annotation of a record; records and tuples are looked through.
    """
    origin, inner = get_origin(kind), get_args(kind)
    if kind is Any:
        return ""
    if origin in (Union, UnionType):
        found = [misfit(value, one, where) for one in inner]
        return "" if "" in found else found[0]
    if origin is Literal:
        return "" if value in inner else f"{where} 应是 {'、'.join(map(str, inner))} 之一"
    if origin is tuple:
        return _of_tuple(value, inner, where)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _of_mapping(value, inner, where)
    if isinstance(kind, type) and (is_dataclass(kind) or hasattr(kind, "_fields")):
        return _of_record(value, kind, where)
    wanted = (int, float) if kind is float else kind
    fits = isinstance(value, wanted) and (kind is bool or not isinstance(value, bool))
    if fits and isinstance(value, Decimal):
        fits = value.is_finite()
    return "" if fits else f"{where} 应是{_IN_WORDS.get(kind, '别的内容')}"


def _of_tuple(value: Any, inner: tuple[Any, ...], where: str) -> str:
    if not isinstance(value, tuple):
        return f"{where} 应是一个列表"
    if inner[-1:] == (...,):
        inner = inner[:1] * len(value)
    if len(inner) != len(value):
        return f"{where} 应有 {len(inner)} 项"
    found = (misfit(one, kind, _named(one, where)) for one, kind in zip(value, inner, strict=True))
    return next((words for words in found if words), "")


def _of_mapping(value: Any, inner: tuple[Any, ...], where: str) -> str:
    if not isinstance(value, Mapping):
        return f"{where} 应是一组“名称 = 值”"
    found = (misfit(one, inner[1], f"{where} 的 {name}") for name, one in value.items())
    return next((words for words in found if words), "")


def _of_record(value: Any, kind: type, where: str) -> str:
    if not isinstance(value, kind):
        return f"{where} 写得不对"
    found = (misfit(getattr(value, name), hint, f"{where} 的 {name}") for name, hint in _hints(kind).items())
    return next((words for words in found if words), "")


def _named(value: Any, where: str) -> str:
    """A part of a list by its own name, where it has one."""
    name = getattr(value, "id", "") or getattr(value, "code", "")
    return f"{where} {name}" if isinstance(name, str) and name else where


@lru_cache
def _hints(kind: type) -> dict[str, Any]:
    names = [f.name for f in fields(kind)] if is_dataclass(kind) else list(kind._fields)  # type: ignore[attr-defined]
    known = get_type_hints(kind, vars(sys.modules[kind.__module__]))
    return {name: known[name] for name in names}
