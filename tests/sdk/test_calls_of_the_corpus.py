"""Every operation of real documents of several kinds is called by each client; the mock checks each request.

`FAULTS` names what is known to fail, and why. calls_table.py calls the operations of every document.
"""

from __future__ import annotations

import pytest
from calls import CLIENTS, call_all
from test_corpus import document
from workshop import WORK

# A small one with awkward names, one of 3.1, and three large ones, one of them Swagger 2.0.
CHOSEN = ["petstore-fake-3.0", "train-travel", "telegram-bot", "slack-web-2.0", "spotify"]
FAULTS: dict[str, dict[str, str]] = {
    "train-travel": {"create-booking": "the document's own: the example of `trip_id` is no UUID"},
}


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("name", CHOSEN)
def test_every_operation_is_called(name: str, client: str) -> None:
    said = call_all(document(name), client, WORK / "calls" / client / name)
    faults = FAULTS.get(name, {})
    unexpected = {operation: outcome for operation, outcome in said.items() if outcome and operation not in faults}
    assert said, "there are operations"
    assert not unexpected, f"{len(unexpected)} of {len(said)} failed:\n" + "\n".join(
        f"{operation}: {outcome[:600]}" for operation, outcome in unexpected.items()
    )
    assert all(said[operation] for operation in faults), "what the list names fails no more: take it out"
