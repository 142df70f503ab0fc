"""The window: the only place with PySide6.

PySide puts an `import` of its own in place of Python's: it reads the source of each module that is loaded after
it, looking for the `__feature__`s that nobody here uses. That would cost a start 8 ms, and more where openpyxl
with its many modules is first needed. Whatever loads a part of the window takes it away again.
"""

import builtins

import PySide6.QtCore  # noqa: F401  # which puts it there, once

builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
