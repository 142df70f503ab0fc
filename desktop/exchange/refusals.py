"""How a file that is not read is refused: one sentence a kind, the same for every reader."""

from __future__ import annotations

from desktop.errors import UserError
from desktop.exchange.package.format import ENDING as PACKAGE_ENDING


def damaged(name: str) -> UserError:
    """The one sentence for content that does not hold together."""
    if named_package(name):
        return damaged_package(name)
    return UserError(f"文件“{name}”已损坏，无法读取。", "请用 Excel、WPS 或 Word 打开它，另存一份后再试。")


def damaged_pdf(name: str) -> UserError:
    """No office program mends a PDF."""
    return UserError(
        f"文件“{name}”已损坏，无法读取。", "请重新生成或重新下载这份 PDF，或改用它的 Word 文件。"
    )


def damaged_package(name: str) -> UserError:
    """The one sentence for a package that is not what was exported."""
    return UserError(
        f"报告包“{name}”不完整或被改动过，没有导入。",
        "请对方重新导出、重新发送，不要用压缩软件改动它。",
    )


def named_package(name: str) -> bool:
    """Of content that says nothing: nobody opens a package with an office program, or can save it anew."""
    return name.lower().endswith(PACKAGE_ENDING)


def large_package(name: str, how: str) -> UserError:
    return UserError(
        f"报告包“{name}”{how}，不像一份报告的报告包，没有导入。",
        "请对方重新导出、重新发送。报告包里不必另放文件。",
    )


def has_password(name: str) -> UserError:
    """The one sentence for a file that only its owner can open."""
    return UserError(f"文件“{name}”设有打开密码。", "请打开它，取消密码，另存一份后再试。")


def unpacks_to_too_much(name: str) -> UserError:
    if named_package(name):
        return large_package(name, "解压后超过 50 MB")
    return UserError(
        f"文件“{name}”解压后超过 50 MB，内容太多，已停止读取。",
        "自评表一般只有几十行。请把需要的内容复制到新建的文件里，再用新文件。",
    )
