"""Walks through the integration API with its Python package, and prints what it saw; the first half by the asynchronous client."""

import asyncio
import json
import sys
from pathlib import Path

from integration import APIStatusError, AsyncIntegration, Integration

saw = {}


async def first_half() -> str:
    async with AsyncIntegration() as client:
        saw["ready"] = (await client.health.check_readiness()).status
        spec = await client.specs.upload(body=Path(sys.argv[1]))
        saw["title"] = spec.title
        saw["errors"] = spec.report.counts.error
        saw["specs"] = [one.id async for one in client.specs.list(limit=1)]
        samples = await client.specs.list_samples(spec.id, "listBooks", language=["python"])
        saw["sample"] = samples.data[0].source
        return spec.id


def status(call) -> int:
    try:
        call()
    except APIStatusError as error:
        return error.status
    return 204


id = asyncio.run(first_half())
with Integration() as client:
    saw["found"] = next(iter(client.search.search(q="upload a cover", kind=["operation"]))).id
    saw["listings"] = [listing.id for listing in client.listings.list(limit=7)]
    saw["document"] = client.documents.get("bookshop/guides/files").title
    with client.specs.download_sdk(id, "python") as archive:
        archive.save("sdk.tar.gz")
    saw["statuses"] = [
        status(lambda: client.specs.upload(body=Path("broken.yaml"))),
        status(lambda: client.specs.upload(body=Path("large.yaml"))),
        status(lambda: client.specs.get("none")),
        status(lambda: client.specs.delete("bookshop")),
        status(lambda: client.specs.delete(id)),
        status(lambda: client.specs.get(id)),
    ]
print(json.dumps(saw))
