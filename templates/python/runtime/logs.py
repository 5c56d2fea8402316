# SPDX-License-Identifier: 0BSD
"""Logging: one line for a request and one for its answer, credentials redacted."""

from __future__ import annotations

import logging
import sys

from .options import environment


def logger_of(name: str, variable: str) -> logging.Logger:
    """The logger of the package, made audible when the variable says `info` or `debug`."""
    logger = logging.getLogger(name)
    level = {"debug": logging.DEBUG, "info": logging.INFO}.get(
        (environment(variable) or "").lower()
    )
    if level is not None and not logger.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("[%(asctime)s %(name)s %(levelname)s] %(message)s"))
        logger.addHandler(handler)
        logger.setLevel(level)
    return logger
