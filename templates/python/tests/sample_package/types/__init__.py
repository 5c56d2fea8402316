from __future__ import annotations

from .._runtime.lazy import listed

__getattr__, __dir__ = listed(
    __name__,
    """
    book: Book
    cover: Cover
    product: Product Ebook Printed
    genre: Genre
    either: Either
    tree: Tree
    quote: Amount AmountInput Quote QuoteInput Flat FlatInput WrittenInput Choice ChoiceInput Odd
    """,
)
