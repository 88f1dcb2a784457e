"""Owns the measuring of speed on this machine: the national data set on disk, the cases, the accounts, the table."""

# In the order in which they run: what is edited builds upon what was built before.
CASES = ("cold", "again", "figure", "news", "task", "live", "check", "floor", "hugo", "mkdocs")
