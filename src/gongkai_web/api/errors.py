"""Errors as JSON, in Chinese: what is wrong, with which parameter, what to do next."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from gongkai_web.api.schemas import ErrorOut, Where

DOCUMENTATION = "请查看 /api/v1/ 的说明。"
WITHDRAWN = "API-WITHDRAWN"
NOT_FOUND = "API-NOT-FOUND"


class ApiError(Exception):
    """An answer other than the one asked for; `status` is the HTTP status."""

    def __init__(self, status: int, error: ErrorOut) -> None:
        super().__init__(error.message)
        self.status = status
        self.error = error


def not_found(message: str, hint: str) -> ApiError:
    """404 with what to do next."""
    return ApiError(404, ErrorOut(code=NOT_FOUND, message=message, hint=hint))


def error_response(status: int, error: ErrorOut) -> HttpResponse:
    """The error as the API writes it."""
    body = json.dumps(error.model_dump(), ensure_ascii=False)
    return HttpResponse(body, status=status, content_type="application/json; charset=utf-8")


def bad_parameters(details: list[Where]) -> HttpResponse:
    """422, naming each parameter and what is wrong with it."""
    response = error_response(
        422, ErrorOut(code="API-PARAMETER", message="参数不符合要求。", hint=DOCUMENTATION, details=details)
    )
    response.headers["Cache-Control"] = "no-cache"
    return response


def connect(api: NinjaAPI) -> None:
    """Have the API answer errors this way."""
    api.add_exception_handler(ApiError, _refused)
    api.add_exception_handler(ValidationError, _invalid)


def _refused(_: HttpRequest, raised: Any) -> HttpResponse:
    return error_response(raised.status, raised.error)


def _invalid(_: HttpRequest, raised: Any) -> HttpResponse:
    return bad_parameters([Where(parameter=str(entry["loc"][-1]), message=_sentence(entry)) for entry in raised.errors])


_SENTENCES = {
    "missing": "缺少这个参数。",
    "int_parsing": "应为整数。",
    "int_type": "应为整数。",
    "int_from_float": "应为整数。",
    "int_parsing_size": "数字太大。",
    "greater_than_equal": "不能小于{ge}。",
    "less_than_equal": "不能大于{le}。",
    "string_too_long": "不能超过{max_length}个字符。",
    "string_too_short": "不能少于{min_length}个字符。",
    "string_pattern_mismatch": "含有不允许的字符。",
    "enum": "只能是：{expected}。",
    "literal_error": "只能是：{expected}。",
    "value_error": "{error}",
}
_DATE = "应为日期，写作 2024-03-05。"


def _sentence(entry: dict[str, Any]) -> str:
    kind = entry["type"]
    if kind.startswith("date"):
        return _DATE
    template = _SENTENCES.get(kind, "不符合要求。")
    facts = {name: str(value).replace(" or ", " 或 ") for name, value in (entry.get("ctx") or {}).items()}
    return template.format_map({"error": "不符合要求。", **facts})
