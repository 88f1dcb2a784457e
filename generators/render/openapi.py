"""Owns how an API of finished files is described in OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.0).

All files are read with GET and need no key. Knows nothing of the campaign: paths, texts and schemas come from outside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Operation:
    """One file or family of files: ``path`` below the server, e.g. ``/plans/{id}.json``; ``ids`` are its choices.

    ``schema`` describes what comes back (a JSON Schema, often a ``$ref``).
    """

    path: str
    name: str
    summary: str
    description: str
    tag: str
    media_type: str
    schema: Mapping[str, object]
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ApiInfo:
    """What the description says of the API as a whole; ``server`` is the URL under which the paths stand.

    ``page`` explains the data to people.
    """

    title: str
    version: str
    description: str
    licence_name: str
    licence_url: str
    publisher: str
    page: str
    server: str
    tags: Mapping[str, str]


def reference(schema: str) -> dict[str, object]:
    """Gives the reference to a schema of the description."""
    return {"$ref": f"#/components/schemas/{schema}"}


def openapi_document(
    info: ApiInfo, operations: Iterable[Operation], schemas: Mapping[str, Mapping[str, object]]
) -> dict[str, object]:
    """Gives the whole description as a JSON object."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": info.title,
            "version": info.version,
            "description": info.description,
            "contact": {"name": info.publisher, "url": info.page},
            "license": {"name": info.licence_name, "url": info.licence_url},
        },
        "servers": [{"url": info.server}],
        "security": [],
        "tags": [{"name": name, "description": text} for name, text in info.tags.items()],
        "paths": {operation.path: {"get": _operation(operation)} for operation in operations},
        "components": {"schemas": dict(schemas)},
    }


def _operation(operation: Operation) -> dict[str, object]:
    responses: dict[str, object] = {
        "200": {
            "description": operation.summary,
            "content": {operation.media_type: {"schema": operation.schema}},
        },
        "404": {"description": "No such file."},
    }
    found: dict[str, object] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "description": operation.description,
        "tags": [operation.tag],
        "responses": responses,
    }
    if operation.ids:
        found["parameters"] = [
            {
                "name": "id",
                "in": "path",
                "required": True,
                "description": "Mã / Id",
                "schema": {"type": "string", "enum": list(operation.ids)},
            }
        ]
    return found
