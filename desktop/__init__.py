"""整体支出绩效自评助手: fill in, score, check and print one unit's 整体支出绩效自评."""

__version__ = "0.1.0"
