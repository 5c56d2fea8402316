"""Documents that try to cost more than they weigh, or to reach what is not theirs.

Each is a function that writes one into an empty folder and returns its path; `ATTACKS` says what Portolan answers: "ok",
or the code of the first error.
"""

from . import (  # each notes its own
    examples,
    files,
    mistakes,
    names,
    operations,
    schemas,
    text,
)
from .writing import ATTACKS

__all__ = ["ATTACKS", "examples", "files", "mistakes", "names", "operations", "schemas", "text"]
