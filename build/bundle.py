"""What goes into the frozen folder and what stays out: only the Qt parts in use, no tools of the build."""

from __future__ import annotations

import re
from pathlib import Path

# What no import statement names: the SVG plugin's library, reportlab's tables and its C loops.
HIDDEN = ["PySide6.QtSvg", "reportlab.pdfbase._fontdata", "_rl_accel"]
EXCLUDED = [
    "numpy",
    "tkinter",
    "pip",
    "setuptools",
    "pkg_resources",
    "wheel",
    "unittest",
    "pydoc",
    "doctest",
    "pytest",
    "hypothesis",
    "docx",  # for tests only; it brings lxml, which openpyxl would take along
    "lxml",
    "tzdata",  # brought by dateutil for zones nobody here asks for
    "ssl",
    "_ssl",
    "_hashlib",  # OpenSSL, 5 MB; hashlib has its own SHA-2
    "PIL._avif",
    "PIL._webp",
    "PIL._imagingft",
    "PIL._imagingtk",
    "PIL.AvifImagePlugin",
    "PIL.WebPImagePlugin",
    "PIL.ImageQt",
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "PySide6.QtPdfWidgets",
    "PySide6.QtOpenGL",
]
PLUGINS = {
    "platforms": {"qwindows", "qoffscreen", "qxcb"},
    "imageformats": {"qico", "qsvg", "qjpeg", "qgif", "qtiff"},  # the last three: pictures of the text
    "iconengines": {"qsvgicon"},
    "printsupport": {"windowsprintersupport", "cupsprintersupport"},
    "styles": set[str](),
    "platformthemes": {"qxdgdesktopportal"},
    "platforminputcontexts": {"ibusplatforminputcontextplugin", "composeplatforminputcontextplugin"},
    "xcbglintegrations": {"qxcb-glx-integration", "qxcb-egl-integration"},
}
"""Folder of Qt plugins -> those we keep; whole folders not listed (tls, qmltooling, generic ...) stay out."""
UNWANTED = re.compile(
    r"opengl32sw|d3dcompiler|Qt6?(PdfQuick|PdfWidgets|Qml|Quick|OpenGL|VirtualKeyboard|Wayland|EglFS)"
    r"|libcrypto|libssl"
    r"|libg[td]k-3|libepoxy|libcups\.so|libgnutls|libp11-kit"  # of a theme we leave out; printing is the system's
    r"|PySide6/(Qt/)?translations/|/PIL/.*(avif|webp)|\.pdb$|\.pyi$|/typesystems/|dist-info/(?!METADATA$)",
    re.I,
)
TRANSLATION = "qtbase_zh_CN.qm"


def wanted(destination: str) -> bool:
    """Whether a file is needed; `destination` is its path in the folder, with either kind of slash."""
    path = destination.replace("\\", "/")
    if UNWANTED.search(path):
        return False
    found = re.search(r"/plugins/([^/]+)/([^/]+)$", path)
    if found is None:
        return True
    name = re.sub(r"^lib|(\.dll|\.so)$", "", found[2])
    return name in PLUGINS.get(found[1], set())


def translations(qt: Path) -> list[tuple[str, str, str]]:
    """Qt's own words in Chinese, from wherever the wheel of this system keeps them."""
    for folder in ("translations", "Qt/translations"):
        if (qt / folder / TRANSLATION).is_file():
            return [(f"PySide6/{folder}/{TRANSLATION}", str(qt / folder / TRANSLATION), "DATA")]
    raise FileNotFoundError(f"{TRANSLATION} is not in {qt}")
