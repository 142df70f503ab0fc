"""The report package (报告包, .zpb): one report whole, for another computer."""
