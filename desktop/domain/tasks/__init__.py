"""Tasks: an edition of the forms as a bureau hands it out, issue by issue, and what that means for reports."""
