#!/bin/sh
# Runs after azd deploy: says how to make the first call.
set -eu
echo "The app: $FUNCTION_APP_URL"
echo "Its health, once its roles have reached everywhere: curl $FUNCTION_APP_URL/api/health"
if [ -n "${SIGN_IN_CLIENT_ID:-}" ]; then
  echo "Callers sign in to api://$SIGN_IN_CLIENT_ID, and need an app role: docs/operate.md."
elif [ "${SAMPLE_JOB:-true}" = "true" ]; then
  cat <<EOF
The first call, with the key of this one function:
  key=\$(az functionapp function keys list --subscription $AZURE_SUBSCRIPTION_ID --resource-group $AZURE_RESOURCE_GROUP --name $FUNCTION_APP_NAME --function-name launch-job-default --query default --output tsv)
  curl -s $FUNCTION_APP_URL/api/jobs/default/runs -H "x-functions-key: \$key" -H "content-type: application/json" -d '{"env": {"NAME": "Ada"}}'
EOF
fi
