"""What a new file holds: text with everything known filled in, and a comment on all that may be added.

One module a kind of file. Each takes checked values and gives a :class:`NewFile`; nothing here asks, reads or writes.
"""
