"""How facts are told: the words, figures and charts that several outputs share, in both languages.

What a fact *is* belongs to ``derive/``; how a format is *written*, to ``render/``; where it is *published*, to
``outputs/``.
"""
