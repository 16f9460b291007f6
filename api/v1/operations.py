"""Operations for the documentation page, read from the OpenAPI document so that the two agree."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

METHODS = ("get", "post")


@dataclass(frozen=True)
class Field:
    name: str  # dotted; "[]" after a list
    type: str
    required: bool
    description: str
    choices: list[str]


@dataclass(frozen=True)
class Parameter:
    name: str
    where: str
    field: Field


@dataclass(frozen=True)
class Example:
    title: str
    body: str


@dataclass(frozen=True)
class ResponseInfo:
    status: str
    description: str
    media_types: list[str]
    fields: list[Field]
    examples: list[Example]
    is_problem: bool


@dataclass(frozen=True)
class Operation:
    anchor: str
    method: str
    path: str
    summary: str
    description: str
    needs_token: bool
    parameters: list[Parameter]
    body_types: list[str]
    body: list[Field]
    body_examples: list[Example]
    responses: list[ResponseInfo]

    @property
    def successes(self) -> list[ResponseInfo]:
        return [response for response in self.responses if not response.is_problem]

    @property
    def problems(self) -> list[ResponseInfo]:
        return [response for response in self.responses if response.is_problem]


def operations(document: dict[str, Any]) -> list[Operation]:
    """Every operation in the order of its path."""
    return [
        _operation(document, path, method, item[method])
        for path, item in document["paths"].items()
        for method in METHODS
        if method in item
    ]


def _operation(
    document: dict[str, Any], path: str, method: str, operation: dict[str, Any]
) -> Operation:
    body = operation.get("requestBody", {}).get("content", {})
    fields = [_fields(document, content.get("schema", {})) for content in body.values()]
    return Operation(
        anchor=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation.get("summary", ""),
        description=operation.get("description", ""),
        needs_token=any(operation.get("security", [])),
        parameters=[_parameter(document, item) for item in operation.get("parameters", [])],
        body_types=list(body),
        body=max(fields, key=len, default=[]),  # multipart has the images in addition
        body_examples=[example for content in body.values() for example in _examples(content)],
        responses=[_response(document, *pair) for pair in sorted(operation["responses"].items())],
    )


def _parameter(document: dict[str, Any], parameter: dict[str, Any]) -> Parameter:
    schema = _resolved(document, parameter["schema"])
    name, required = parameter["name"], parameter.get("required", False)
    description = _without_choices(parameter.get("description", ""))
    field = Field(name, _type(schema), required, description, _choices(schema))
    return Parameter(name, parameter["in"], field)


def _response(document: dict[str, Any], status: str, response: dict[str, Any]) -> ResponseInfo:
    content = response.get("content", {})
    is_problem = not status.startswith("2")
    schema: dict[str, Any] = next((media.get("schema", {}) for media in content.values()), {})
    return ResponseInfo(
        status=status,
        description=response.get("description", ""),
        media_types=list(content),
        fields=[] if is_problem else _fields(document, schema),
        examples=[example for media in content.values() for example in _examples(media)],
        is_problem=is_problem,
    )


def _examples(content: dict[str, Any]) -> Iterator[Example]:
    for name, example in content.get("examples", {}).items():
        body = json.dumps(example["value"], ensure_ascii=False, indent=2)
        yield Example(example.get("summary", name), body)


def _resolved(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """The schema that references lead to; of a nullable one, the part that is not null."""
    while True:
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            schema = {**document["components"]["schemas"][name], **_description(schema)}
        elif several := schema.get("allOf") or schema.get("oneOf") or schema.get("anyOf"):
            first = next(part for part in several if part.get("type") != "null")
            schema = {**first, **_description(schema)}
        else:
            return schema


def _description(schema: dict[str, Any]) -> dict[str, Any]:
    return {key: schema[key] for key in ("description",) if key in schema}


def _type(schema: dict[str, Any]) -> str:
    kind = schema.get("type", "")
    kinds = [kind] if isinstance(kind, str) else list(kind)
    names = [schema.get("format") or name if name == "string" else name for name in kinds]
    return " | ".join(str(name) for name in names)


def _without_choices(description: str) -> str:
    """The description without the list of values that the generator appends."""
    return description.partition("* `")[0].strip()


def _choices(schema: dict[str, Any]) -> list[str]:
    return [str(choice) for choice in schema.get("enum", []) if choice not in ("", None)]


def _fields(document: dict[str, Any], schema: dict[str, Any], path: str = "") -> list[Field]:
    """One entry for each field at any depth, like ``results[].current.headline``."""
    schema = _resolved(document, schema)
    if schema.get("type") == "array":
        return _fields(document, schema["items"], f"{path}[]")
    fields = []
    required = schema.get("required", [])
    for name, value in schema.get("properties", {}).items():
        inner = _resolved(document, value)
        dotted = f"{path}.{name}" if path else name
        description = _without_choices(inner.get("description", ""))
        fields.append(Field(dotted, _type(inner), name in required, description, _choices(inner)))
        if inner.get("type") in ("object", "array"):
            fields += _fields(document, inner, dotted)
    return fields
