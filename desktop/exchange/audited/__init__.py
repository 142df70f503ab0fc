"""Files audited by themselves: one after the other, and what is handed on about them."""
