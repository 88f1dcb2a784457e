"""The live preview: what `serve` shows beside the pages, and nothing of which is ever published.

``state`` holds the pages of the last good build and the problems of the last one, as ``reports`` tells them; ``app``
serves both; ``preview.js`` and ``preview.css`` are the panel of problems and the reload of the open page.
"""
