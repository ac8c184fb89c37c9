#!/bin/sh
# May work go on now? Asks a Préavis server, without the CLI: exit 0 open, 3 closed, 69 no answer (then nothing is
# deployed: a gate that cannot be asked is not open).
#
#   PREAVIS_REGISTER=https://preavis.example sh gate.sh SERVICE [CHG-2026-0042]
set -eu

service=${1:?usage: gate.sh SERVICE [CHG-2026-0042]}
server=${PREAVIS_REGISTER:?set it to the address of the server}
query="environment=${PREAVIS_ENVIRONMENT:-production}"
if [ -n "${2:-}" ]; then query="$query&change=$2"; fi

# What is wrong with the question stands in the answer, so that it is shown before the gate counts as closed.
answer=$(curl --fail-with-body --silent --show-error --max-time 20 --retry 3 \
  "${server%/}/api/v1/gate/$service?$query") || { printf '%s\n' "$answer" >&2; exit 69; }
printf '%s\n' "$answer"

# With jq: printf '%s' "$answer" | jq --exit-status '.state == "OPEN"' >/dev/null || exit 3
printf '%s' "$answer" | grep -Eq '"state" *: *"OPEN"' || exit 3
