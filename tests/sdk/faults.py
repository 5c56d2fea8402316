"""Calls of corpus documents that fail through the document's own fault, by document and reason: the mock is right to refuse
them, or no client could send them.
"""

AMBIGUOUS = "every value that fits one schema of the `oneOf` fits another too"
FAULTS: dict[str, dict[str, list[str]]] = {
    "train-travel": {},
}


def fault_of(document: str, operation: str) -> str | None:
    """Why the document is to blame for a call that fails."""
    reasons = FAULTS.get(document, {}).items()
    return next((reason for reason, operations in reasons if operation in operations), None)
