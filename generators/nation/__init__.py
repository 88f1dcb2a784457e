"""Owns the invented data set of the whole country, made to measure speed and for nothing else: 34 provinces, 3,321
communes, each with a plan, reports and activities, and news over the months.

Names and codes are official; every figure and every sentence is made up from the word lists in ``words/`` by a seed,
and says so: in the note of each unit, in the plan's own words, in the source of each report and each news item. Knows
no disk: see ``adapters/bench``.
"""
