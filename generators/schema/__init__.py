"""The records: what every data file may hold, one module a kind. All are frozen and refuse unknown keys."""
