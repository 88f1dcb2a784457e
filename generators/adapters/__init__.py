"""The only rooms that know MkDocs, the clock, the environment and the disk."""
