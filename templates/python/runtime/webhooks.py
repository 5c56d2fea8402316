# SPDX-License-Identifier: 0BSD
"""Webhooks by the rules of Standard Webhooks (standardwebhooks.com): signed, dated, compared in constant time."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import time
from collections.abc import Mapping, Sequence
from typing import Any

from .errors import WebhookVerificationError
from .message import Headers
from .models import build_json

TOLERANCE = 5 * 60
PREFIX = "whsec_"


def verify(
    body: bytes | str,
    headers: Mapping[str, str],
    secret: str | Sequence[str],
    *,
    now: float | None = None,
) -> bytes:
    """The body, when one of its signatures is by one of the secrets and it is at most five minutes old.

    Raises:
        WebhookVerificationError: It is not.
    """
    data = body.encode() if isinstance(body, str) else body
    known = Headers(headers)
    identifier = known.first("webhook-id", "svix-id")
    timestamp = known.first("webhook-timestamp", "svix-timestamp")
    signatures = known.first("webhook-signature", "svix-signature")
    if identifier is None or timestamp is None or signatures is None:
        raise WebhookVerificationError(
            "the headers webhook-id, webhook-timestamp and webhook-signature are required"
        )
    if not timestamp.isascii() or not timestamp.isdigit() or len(timestamp) > 18:
        raise WebhookVerificationError("webhook-timestamp is no number")
    age = (time.time() if now is None else now) - int(timestamp)
    if abs(age) > TOLERANCE:
        raise WebhookVerificationError(
            "the webhook is too old" if age > 0 else "the webhook is from the future"
        )
    secrets = [secret] if isinstance(secret, str) else secret
    expected = [sign(data, identifier, timestamp, each).encode() for each in secrets]
    for signature in signatures.split():
        found = signature.encode(errors="replace")
        # No comparison is left out: how long it takes says nothing of the secrets.
        matches = [hmac.compare_digest(found, each) for each in expected]
        if any(matches):
            return data
    raise WebhookVerificationError("no signature is by this secret")


def sign(body: bytes, identifier: str, timestamp: str, secret: str) -> str:
    """The signature of a webhook: what its sender puts into `webhook-signature`."""
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError) as error:
        raise WebhookVerificationError("the secret is not base64, as in `whsec_...`") from error
    if not key:
        raise WebhookVerificationError("the secret is empty")
    signed = f"{identifier}.{timestamp}.".encode(errors="replace") + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode("ascii")


def unwrap(
    annotation: Any, body: bytes | str, headers: Mapping[str, str], secret: str | Sequence[str]
) -> Any:
    """The verified event, typed.

    Raises:
        WebhookVerificationError: It is not signed by the secret, or no JSON.
    """
    data = verify(body, headers, secret)
    try:
        return build_json(annotation, data)
    except ValueError as error:
        raise WebhookVerificationError("the webhook is signed, but it is no JSON") from error
