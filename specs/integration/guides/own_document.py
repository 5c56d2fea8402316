import sys
from pathlib import Path

from integration import Integration

client = Integration()

older = client.specs.upload(body=Path(sys.argv[1]))
newer = client.specs.upload(body=Path(sys.argv[2]))
print(f"{newer.title} {newer.version}: {newer.report.score.grade}")

comparison = client.specs.compare(newer.id, against=older.id)
for change in comparison.changes:
    if change.severity == "breaking":
        print(f"{change.subject.title}: {change.message}")
print(f"the next version is {comparison.next_version}")

with client.specs.download_sdk(newer.id, "python", format="zip") as archive:
    print(f"saved {archive.save(archive.filename or 'sdk.zip')}")

client.specs.delete(older.id)
client.specs.delete(newer.id)
