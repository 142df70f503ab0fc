"""The task file (任务包, .zpt): an edition of the forms as a finance bureau hands it out."""
