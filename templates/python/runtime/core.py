# SPDX-License-Identifier: 0BSD
"""What a client, its copies and its resources share."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Callable, Mapping

from .auth import Scheme
from .errors import APIStatusError
from .options import ClientOptions, RequestOptions, Timeout, timeout_of
from .wire import Wire


@dataclasses.dataclass(frozen=True, repr=False)
class Core:
    """All that does not change from call to call.

    Attributes:
        options: What the caller chose.
        schemes: The credentials, by the names of their schemes in the document.
        wire: How requests travel.
        errors: The exception of a status.
        logger: Where to say what happens.
        user_agent: What the client is called.
    """

    options: ClientOptions
    schemes: Mapping[str, Scheme]
    wire: Wire
    errors: Callable[[int], type[APIStatusError]]
    logger: logging.Logger
    user_agent: str

    def retries(self, options: RequestOptions) -> int:
        """How often a call is tried again."""
        return options.get("max_retries", self.options.max_retries)

    def timeout(self, options: RequestOptions) -> Timeout:
        """How long each attempt of a call may take."""
        return timeout_of(options["timeout"]) if "timeout" in options else self.options.timeout
