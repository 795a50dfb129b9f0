#!/bin/sh
# Runs before azd provision: registers what the templates need, and makes the first LAUNCHER_SECRET.
set -eu
cd "$(dirname "$0")"

if command -v az >/dev/null 2>&1; then
  while read -r provider; do
    az provider register --namespace "$provider" --subscription "$AZURE_SUBSCRIPTION_ID" --wait --only-show-errors </dev/null ||
      echo "Could not register $provider; that may be done already, or ask whoever may do it." >&2
  done <providers.txt
else
  echo "There is no Azure CLI (az) here. If the deployment says MissingSubscriptionRegistration, register what providers.txt names." >&2
fi

# Made once: it goes into the vault, postprovision takes it out of the azd environment again, and later deployments leave it alone,
# for another value would make what is sealed unreadable and results unreachable.
if [ "${LAUNCHER_SECRET_STORED:-}" != "true" ] && [ -z "${LAUNCHER_SECRET:-}" ]; then
  secret=$(node -p 'require("node:crypto").randomBytes(32).toString("hex")') # on its own: what fails inside an argument goes unnoticed
  azd env set LAUNCHER_SECRET "$secret"
fi
