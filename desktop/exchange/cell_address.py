"""Addresses of cells as spreadsheets write them, and back."""

from __future__ import annotations


def letters_of(col: int) -> str:
    """1 -> 'B', 26 -> 'AA'; columns count from 0."""
    letters, col = "", col + 1
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_of(letters: str) -> int:
    """'B' -> 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def address_of(row: int, col: int) -> str:
    """(6, 1) -> 'B7'; both count from 0."""
    return f"{letters_of(col)}{row + 1}"
