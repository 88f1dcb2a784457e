"""The program behind the campaign site: strict sources in, one static site out.

The rooms, from the ground up: ``problems``, ``artefact``, ``text``, ``source``, ``schema``, ``dataset``, ``derive``,
``site``, ``links``, ``render``, ``outputs``, ``blocks``, ``pipeline``, ``adapters``. A module imports only from rooms
before its own; ``pipeline.py`` shows the whole in one function.
"""
