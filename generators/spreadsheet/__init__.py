"""Owns the spreadsheet in which a unit fills in its report: how the form is written, and how it is read back.

``layout`` says what the sheets hold, once for both ways; ``rows`` names what a plan asks for. ``form`` writes;
``opening``, ``tables``, ``values`` and ``taking`` read. Nothing here touches the disk.
"""
