"""Every operation of real documents of several kinds is called by each client; the mock checks each request.

calls_table.py calls the operations of every document.
"""

from __future__ import annotations

import pytest
from calls import CLIENTS, call_all
from test_corpus import document
from workshop import WORK

# A small one with awkward names, one of 3.1, and three large ones, one of them Swagger 2.0.
CHOSEN = ["petstore-fake-3.0", "train-travel", "telegram-bot", "slack-web-2.0", "spotify"]


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("name", CHOSEN)
def test_every_operation_is_called(name: str, client: str) -> None:
    said = call_all(document(name), client, WORK / "calls" / client / name)
    failed = {operation: outcome for operation, outcome in said.items() if outcome}
    assert said, "there are operations"
    assert not failed, f"{len(failed)} of {len(said)} failed:\n" + "\n".join(
        f"{operation}: {outcome[:600]}" for operation, outcome in failed.items()
    )
