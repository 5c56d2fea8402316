from __future__ import annotations

from .._runtime.lazy import lazy

__getattr__, __dir__, __all__ = lazy(
    __name__,
    {
        "Book": "book",
        "Cover": "cover",
        "Product": "product",
        "Ebook": "product",
        "Printed": "product",
        "Genre": "genre",
        "Either": "either",
        "Tree": "tree",
    },
)
