#!/usr/bin/env bash
# Known weaknesses of what is installed with mockflared. A registry that knows of none by itself is no reason to fail.
set -euo pipefail
cd "$(dirname "$0")/.."

if report=$(npm audit --omit=dev --audit-level=moderate --json 2>/dev/null); then
  echo 'no weakness of moderate severity or above is known'
elif grep -q '"auditReportVersion"' <<<"$report"; then
  npm audit --omit=dev --audit-level=moderate
else
  echo 'NOT RUN: this registry answers no audit'
fi
