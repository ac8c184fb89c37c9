"""Writes N outages of 1,000 services as lines for `preavis availability --batch -`, a service a line: seeded, 2026.

Usage: python make_availability_lines.py 1000000 > lines.jsonl
"""

import sys
from datetime import datetime, timedelta
from random import Random

from fixtures import compact
from paris import UTC, utc_text

CAUSES = ["incident", "planned_maintenance", "incident", "urgent_maintenance", "force_majeure", "client_equipment"]


def main():
    count, services = int(sys.argv[1]), 1000
    random = Random(20211018)
    for service in range(services):
        month = 1 + service % 12
        start = datetime(2026, month, 1, tzinfo=UTC)
        outages = []
        for _ in range(count // services):
            at = start + timedelta(seconds=random.randrange(31 * 86_400))
            outages.append({"start": utc_text(at), "end": utc_text(at + timedelta(seconds=random.randrange(1, 1800))),
                            "cause": random.choice(CAUSES),
                            "environment": "production" if random.random() < 0.9 else "test"})
        print(compact({"month": f"2026-{month:02}", "zone": "metropole", "outages": outages}))


if __name__ == "__main__":
    main()
