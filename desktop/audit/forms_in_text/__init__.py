"""附件1–3 read out of bare text, one cell a line: the only place of the audit that guesses."""
