#!/bin/sh
# May work go on now? Asks a Préavis server, without the CLI: exit 0 open, 3 closed, 69 no answer (then nothing is
# deployed: a gate that cannot be asked is not open).
#
#   PREAVIS_REGISTER=https://preavis.example sh gate.sh SERVICE [CHG-2026-0042]
set -eu

service=$1
query="environment=${PREAVIS_ENVIRONMENT:-production}"
if [ -n "${2:-}" ]; then query="$query&change=$2"; fi

answer=$(curl --fail --silent --show-error --max-time 20 --retry 3 \
  "$PREAVIS_REGISTER/api/v1/gate/$service?$query") || exit 69
printf '%s\n' "$answer"

# With jq: printf '%s' "$answer" | jq --exit-status '.state == "OPEN"' >/dev/null || exit 3
printf '%s' "$answer" | grep -Eq '"state" *: *"OPEN"' || exit 3
