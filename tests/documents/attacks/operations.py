"""Operations."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .writing import attack, data, operation


def _paths(count: int, **members: Any) -> dict[str, Any]:
    return {f"/things/{n}": {"get": operation(**members)} for n in range(count)}


@attack("duplicate-operation-id")
def _one_operation_id_for_all(folder: Path) -> Path:
    return data(folder, paths=_paths(20_000, operationId="same"))


@attack()
def _many_operations_of_one_resource(folder: Path) -> Path:
    return data(folder, paths=_paths(20_000, tags=["things"]))


@attack()
def _many_tags_declared(folder: Path) -> Path:
    names = [f"tag{n}" for n in range(50_000)]
    return data(folder, tags=[{"name": name} for name in names], paths={"/a": {"get": operation(tags=names)}})


@attack()
def _many_operations_with_tags_of_their_own(folder: Path) -> Path:
    paths = {f"/things/{n}": {"get": operation(tags=[f"tag{n}"], operationId=f"op{n}")} for n in range(10_000)}
    return data(
        folder,
        paths=paths,
        tags=[{"name": f"tag{n}", "parent": f"tag{n - 1}"} if n else {"name": "tag0"} for n in range(10_000)],
    )


@attack()
def _many_parameters(folder: Path) -> Path:
    parameters = [{"name": f"p{n}", "in": "query", "schema": {"type": "string"}} for n in range(10_000)]
    return data(folder, paths={"/a": {"parameters": parameters, "get": operation(parameters=parameters)}})


@attack()
def _many_path_parameters(folder: Path) -> Path:
    path = "".join(f"/{{p{n}}}" for n in range(5_000))
    return data(folder, paths={path: {"get": operation()}})


@attack()
def _many_parameters_shared_by_many_operations(folder: Path) -> Path:
    parameters = [{"name": f"p{n}", "in": "query", "schema": {"type": "string"}} for n in range(300)]
    return data(folder, paths={f"/a/{n}": {"parameters": parameters, "get": operation()} for n in range(300)})


@attack()
def _many_security_requirements(folder: Path) -> Path:
    schemes = {f"key{n}": {"type": "apiKey", "in": "header", "name": f"X-{n}"} for n in range(2_000)}
    each = [{name: []} for name in schemes]
    return data(folder, components={"securitySchemes": schemes}, security=each, paths=_paths(10, security=each))


@attack()
def _inherited_security_times_operations(folder: Path) -> Path:
    schemes = {f"key{n}": {"type": "apiKey", "in": "header", "name": f"X-{n}"} for n in range(1_000)}
    return data(
        folder, components={"securitySchemes": schemes}, security=[{name: []} for name in schemes], paths=_paths(2_000)
    )


@attack()
def _unknown_security_schemes(folder: Path) -> Path:
    schemes = {f"someRatherLongKey{n}": {"type": "apiKey", "in": "header", "name": f"X-{n}"} for n in range(5_000)}
    return data(
        folder,
        components={"securitySchemes": schemes},
        paths=_paths(1, security=[{f"someRatherLongKoy{n}x": []} for n in range(20_000)]),
    )


@attack()
def _inherited_servers_times_operations(folder: Path) -> Path:
    return data(folder, servers=[{"url": f"https://{n}.example"} for n in range(2_000)], paths=_paths(2_000))


@attack()
def _many_server_variables(folder: Path) -> Path:
    variables = {f"v{n}": {"default": "a"} for n in range(5_000)}
    return data(
        folder,
        servers=[{"url": "https://a.example/" + "/".join(f"{{v{n}}}" for n in range(5_000)), "variables": variables}],
    )


@attack()
def _paths_that_collide(folder: Path) -> Path:
    return data(folder, paths={f"/a/{{p{n}}}": {"get": operation()} for n in range(10_000)})


@attack()
def _many_answers(folder: Path) -> Path:
    return data(
        folder, paths={"/a": {"get": {"responses": {str(n): {"description": "Done."} for n in range(100, 600)}}}}
    )


@attack()
def _many_media_types(folder: Path) -> Path:
    content = {
        f"application/vnd.{n}+json": {"schema": {"type": "object", "properties": {"a": {"type": "string"}}}}
        for n in range(5_000)
    }
    return data(folder, paths={"/a": {"post": operation(requestBody={"content": content})}})


@attack()
def _many_callbacks(folder: Path) -> Path:
    callbacks = {f"c{n}": {"{$request.body#/url}": {"post": operation()}} for n in range(10_000)}
    return data(folder, paths={"/a": {"post": operation(callbacks=callbacks)}})


@attack()
def _callbacks_in_callbacks(folder: Path) -> Path:
    callback: Any = operation()
    for _ in range(60):
        callback = operation(callbacks={"c": {"{$url}": {"post": callback}}})
    return data(folder, paths={"/a": {"post": callback}})


@attack("model-budget")
def _callbacks_that_double(folder: Path) -> Path:
    callbacks = {
        f"C{n}": {
            "{$url}": {
                "post": operation(
                    callbacks={
                        "a": {"$ref": f"#/components/callbacks/C{n + 1}"},
                        "b": {"$ref": f"#/components/callbacks/C{n + 1}"},
                    }
                )
            }
        }
        for n in range(40)
    }
    callbacks["C40"] = {"{$url}": {"post": operation()}}
    return data(
        folder,
        components={"callbacks": callbacks},
        paths={"/a": {"post": operation(callbacks={"c": {"$ref": "#/components/callbacks/C0"}})}},
    )


@attack()
def _one_path_item_for_many_paths(folder: Path) -> Path:
    items = {
        "Big": {
            "get": operation(
                parameters=[
                    {
                        "name": f"p{n}",
                        "in": "query",
                        "schema": {"type": "object", "properties": {"a": {"type": "string"}}},
                    }
                    for n in range(500)
                ]
            )
        }
    }
    return data(
        folder,
        components={"pathItems": items},
        paths={f"/a/{n}": {"$ref": "#/components/pathItems/Big"} for n in range(500)},
    )


@attack()
def _many_links(folder: Path) -> Path:
    links = {f"l{n}": {"operationId": f"op{n}"} for n in range(3_000)}
    paths = {f"/a/{n}": {"get": operation(operationId=f"op{n}")} for n in range(3_000)}
    paths["/a"] = {"get": {"operationId": "all", "responses": {"200": {"description": "Done.", "links": links}}}}
    return data(folder, paths=paths)
