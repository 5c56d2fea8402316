"""Calls of corpus documents that fail through the document's own fault, by document and reason: the mock is right to refuse
them, or no client can send them.
"""

AMBIGUOUS = "what fits one schema of the `oneOf` fits another too"
EXAMPLE = "the example does not fit its own schema"
EMPTY = "the only value is empty, and no path can hold it"
NULLS = "a list of nothing but null has no form in a query"
FAULTS: dict[str, dict[str, list[str]]] = {
    "autorest-url-2.0": {EMPTY: ["paths_stringEmpty", "paths_stringNull", "paths_enumNull"]},
    "cloudflare": {
        AMBIGUOUS: ["waiting-room-patch-waiting-room-rule"],
        EXAMPLE: ["cloudflare-images-variants-delete-a-variant", "cloudflare-images-variants-create-a-variant"],
        "an object with a list in it has no form in a path": ["asn-intelligence-get-asn-overview"],
    },
    "heyapi-full-3.1": {
        AMBIGUOUS: ["ComplexParams"],
        "null has no form in a header": ["DeprecatedCall"],
        "a list is no form": ["putWithFormUrlEncoded"],
    },
    "opc-baseline-3.0": {NULLS: ["getUserList"]},
    "opc-baseline-3.1": {NULLS: ["getUserList"]},
    "opc-enums-3.1": {NULLS: ["getUserList"]},
    "ogen-sample-3.1": {AMBIGUOUS: ["oneofBug"]},
    "tsoa-odd-types": {AMBIGUOUS: ["UpdateJob"]},
}


def fault_of(document: str, operation: str) -> str | None:
    """Why the document is to blame when a call fails, if it is."""
    reasons = FAULTS.get(document, {}).items()
    return next((reason for reason, operations in reasons if operation in operations), None)
