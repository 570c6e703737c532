"""The API object and its OpenAPI description."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import JSONRenderer

from gongkai_web.api import errors
from gongkai_web.api.endpoints import router

_ABOUT = (
    "政府信息公开平台的开放数据：只读，不需要账号。\n\n"
    "列表分页：把返回的 next 当作下一页的完整地址，直到它为 null。\n\n"
    "参数：没有的参数不会被忽略，返回 422 并列出可用的参数，以免把全部数据当成筛选结果。\n\n"
    "缓存：请保存返回的 ETag，下次用 If-None-Match 询问，没有变化时返回 304。\n\n"
    "撤回：信息撤回后不再出现在列表中，按编号读取返回 410；转载方应随之删除。"
)
_MEANINGS = {
    "200": "成功。",
    "404": "没有这个机关或这件信息。",
    "410": "信息已撤回。",
    "422": "参数不符合要求。",
    "429": "请求过于频繁，请按 Retry-After 等待。",
}


class PlainJSON(JSONRenderer):
    """汉字 as they are: a third of the bytes, and readable in a browser."""

    json_dumps_params: Mapping[str, Any] = {"ensure_ascii": False}


class OpenDataAPI(NinjaAPI):
    """Its description says in Chinese what the statuses mean."""

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        """The OpenAPI document."""
        schema = super().get_openapi_schema(**kwargs)
        for path in schema["paths"].values():
            for operation in path.values():
                for status, answer in operation["responses"].items():
                    answer["description"] = _MEANINGS[str(status)]
        return schema


api = OpenDataAPI(
    title="政府信息公开开放数据接口",
    version=version("gongkai"),
    description=_ABOUT,
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
    renderer=PlainJSON(),
)
api.add_router("", router)
errors.connect(api)


def query_parameters() -> dict[str, frozenset[str]]:
    """Operation → the names of what may stand behind the question mark."""
    paths = api.get_openapi_schema(path_prefix="")["paths"].values()
    operations = [operation for path in paths for operation in path.values()]
    return {
        operation["operationId"]: frozenset(one["name"] for one in operation["parameters"] if one["in"] == "query")
        for operation in operations
    }
