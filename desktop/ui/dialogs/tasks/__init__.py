"""任务包: the tasks that were taken, what is in one, making one, and bringing a report over to one."""
