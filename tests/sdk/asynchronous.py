"""Samples, rewritten for the asynchronous client by their syntax tree: the same calls with the same arguments, awaited."""

from __future__ import annotations

import ast

MAIN = """
import anyio

async def main():
    async with CLIENT as client:
        BODY

anyio.run(main, backend=BACKEND)
"""


def asynchronous(program: str, backend: str) -> str:
    """The program with `AsyncBookshop` where it has `Bookshop`, under an event loop."""
    tree = ast.parse(program)
    imports = [node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))]
    made = next(
        node
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "client"
    )
    body = [node for node in tree.body if node not in (*imports, made)]
    waits = Waits(made.value.func.id)
    main = ast.parse(MAIN)
    block = main.body[1].body[0]
    block.items[0].context_expr = waits.visit(made.value)
    block.body = [waits.visit(node) for node in body]
    main.body[2].value.keywords[0].value = ast.Constant(backend)
    main.body[:0] = [waits.visit(node) for node in imports]
    return ast.unparse(ast.fix_missing_locations(main))


class Waits(ast.NodeTransformer):
    """Puts `await`, `async for` and `async with` where the client, and what it gives, is used."""

    def __init__(self, client: str) -> None:
        # What has another name in the asynchronous half of the package.
        self.twins = {client, "Download"}
        # What the client, its parts and its answers are called.
        self.ours = {"client", "resource", "result"}
        # Streams and downloads that are entered.
        self.opened: set[str] = set()

    def visit_alias(self, node: ast.alias) -> ast.alias:
        return ast.alias("Async" + node.name, node.asname) if node.name in self.twins else node

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.Name("Async" + node.id, node.ctx) if node.id in self.twins else node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        return ast.Await(node) if self._is_ours(node.func) and isinstance(node.func, ast.Attribute) else node

    def visit_For(self, node: ast.For) -> ast.AST:
        # What is iterated over waits by itself: `async for book in client.books.list()`. A list of a result does not wait.
        self.generic_visit(node)
        is_open = isinstance(node.iter, ast.Name) and node.iter.id in self.opened
        ours = is_open or (isinstance(bare(node.iter), ast.Call) and self._is_ours(node.iter))
        return ast.AsyncFor(node.target, bare(node.iter), node.body, node.orelse) if ours else node

    def visit_With(self, node: ast.With) -> ast.AST:
        ours = any(self._is_ours(item.context_expr) for item in node.items)
        if ours:
            self.opened |= {item.optional_vars.id for item in node.items if isinstance(item.optional_vars, ast.Name)}
            self.ours |= self.opened
        self.generic_visit(node)
        items = [ast.withitem(bare(item.context_expr), item.optional_vars) for item in node.items]
        return ast.AsyncWith(items, node.body) if ours else node

    def _is_ours(self, node: ast.AST) -> bool:
        while isinstance(node, (ast.Attribute, ast.Call, ast.Await)):
            node = node.func if isinstance(node, ast.Call) else node.value
        return isinstance(node, ast.Name) and node.id in self.ours


def bare(node: ast.expr) -> ast.expr:
    """The call that is awaited."""
    return node.value if isinstance(node, ast.Await) else node
