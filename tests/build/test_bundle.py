"""What of Qt goes along and what stays out, on Windows and on Linux."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("PySide6\\plugins\\platforms\\qwindows.dll", True),
        ("PySide6\\plugins\\platforms\\qminimal.dll", False),
        ("PySide6\\opengl32sw.dll", False),
        ("PySide6\\Qt6Pdf.dll", True),
        ("PySide6\\Qt6PdfWidgets.dll", False),
        ("PySide6/Qt/lib/libQt6PdfQuick.so.6", False),
        ("PySide6\\Qt6PrintSupport.dll", True),
        ("PySide6\\plugins\\printsupport\\windowsprintersupport.dll", True),
        ("PySide6\\Qt6Network.dll", True),
        ("PySide6\\plugins\\tls\\qschannelbackend.dll", False),
        ("PySide6\\plugins\\imageformats\\qsvg.dll", True),
        ("PySide6\\plugins\\imageformats\\qjpeg.dll", True),
        ("PySide6\\plugins\\imageformats\\qpdf.dll", False),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", False),
        ("PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so", True),
        ("PySide6/Qt/translations/qtbase_de.qm", False),
        ("resources/fonts/GovHei.ttf", True),
        ("resources/ontology.toml", True),
        ("libcrypto-3.dll", False),
        ("libgtk-3.so.0", False),
        ("libcups.so.2", False),
        ("PySide6/Qt/plugins/printsupport/libcupsprintersupport.so", True),
    ],
)
def test_only_the_parts_in_use(path: str, wanted: bool) -> None:
    import bundle

    assert bundle.wanted(path) is wanted
