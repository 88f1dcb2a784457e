"""Owns the measuring of speed on this machine: the national data set on disk, the cases, the accounts, the table."""
