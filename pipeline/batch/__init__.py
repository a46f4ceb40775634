"""Many files into one workspace: worker processes, page cache, statuses, the tables at the end."""
