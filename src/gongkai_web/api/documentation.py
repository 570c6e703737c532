"""The page that explains the API, written from its own description; it loads nothing from anywhere else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai_web.api.description import api
from gongkai_web.portal.crumbs import to_page
from gongkai_web.portal.public import public_page


@dataclass(frozen=True)
class Parameter:
    """One line of a table of parameters."""

    name: str
    kind: str
    required: bool
    description: str


@dataclass(frozen=True)
class Operation:
    """One address."""

    key: str
    path: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    fields: tuple[Parameter, ...]
    statuses: tuple[tuple[str, str], ...]


@public_page
def documentation(request: HttpRequest) -> HttpResponse:
    """Every address with its parameters, fields and statuses."""
    schema = api.get_openapi_schema()
    context = {
        "section": "api",
        "title": "开放数据",
        "crumbs": to_page("开放数据"),
        "about": schema["info"]["description"].split("\n\n"),
        "operations": operations(schema),
        "host": f"{request.scheme}://{request.get_host()}",
    }
    return render(request, "api/documentation.html", context)


def operations(schema: dict[str, Any]) -> list[Operation]:
    """The operations of an OpenAPI document."""
    return [_operation(schema, path, entry["get"]) for path, entry in schema["paths"].items()]


def _operation(schema: dict[str, Any], path: str, entry: dict[str, Any]) -> Operation:
    answer = _resolve(schema, entry["responses"][200]["content"]["application/json"]["schema"])
    return Operation(
        key=entry["operationId"],
        path=path,
        summary=entry["summary"],
        description=entry["description"],
        parameters=tuple(_parameter(schema, parameter) for parameter in entry["parameters"]),
        fields=tuple(_fields(schema, answer)),
        statuses=tuple((str(status), found["description"]) for status, found in entry["responses"].items()),
    )


def _parameter(schema: dict[str, Any], entry: dict[str, Any]) -> Parameter:
    described = entry.get("description") or entry["schema"].get("description", "")
    return Parameter(entry["name"], _kind(schema, entry["schema"]), entry.get("required", False), described)


def _fields(schema: dict[str, Any], model: dict[str, Any], prefix: str = "") -> list[Parameter]:
    """The fields of an answer, those of its rows with a dotted name."""
    rows = []
    for name, field in model["properties"].items():
        rows.append(Parameter(prefix + name, _kind(schema, field), required=True, description=field["description"]))
        inner = _resolve(schema, field.get("items", {}))
        if "properties" in inner:
            rows += _fields(schema, inner, f"{prefix}{name}[].")
    return rows


_KINDS = {"string": "文字", "integer": "整数", "boolean": "真假", "array": "列表", "object": "对象"}


def _kind(schema: dict[str, Any], field: dict[str, Any]) -> str:
    choices = [part for part in field.get("anyOf", [field]) if part.get("type") != "null"]
    found = _resolve(schema, choices[0])
    if "enum" in found:
        return "、".join(found["enum"])
    if found.get("format") in {"date", "date-time"}:
        return "日期" if found["format"] == "date" else "日期时间"
    return _KINDS.get(found.get("type", "object"), "对象")


def _resolve(schema: dict[str, Any], field: dict[str, Any]) -> dict[str, Any]:
    if "allOf" in field:
        field = field["allOf"][0]
    reference = field.get("$ref", "")
    found: dict[str, Any] = schema["components"]["schemas"][reference.rsplit("/", 1)[-1]] if reference else field
    return found
