"""Lets the tests beside this file share its modules, and the second reader of documents."""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "documents")]
