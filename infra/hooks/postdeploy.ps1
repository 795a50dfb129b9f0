# Runs after azd deploy: says how to make the first call.
$ErrorActionPreference = 'Stop'
$url = $env:FUNCTION_APP_URL
Write-Host "The app: $url"
Write-Host "Its health, once its roles have reached everywhere: curl $url/api/health"
if ($env:SIGN_IN_CLIENT_ID) {
  Write-Host "Callers sign in to api://$env:SIGN_IN_CLIENT_ID, and need an app role: docs/operate.md."
} elseif ($env:SAMPLE_JOB -ne 'false') {
  Write-Host @"
The first call, with the key of this one function:
  `$key = az functionapp function keys list --subscription $env:AZURE_SUBSCRIPTION_ID --resource-group $env:AZURE_RESOURCE_GROUP --name $env:FUNCTION_APP_NAME --function-name launch-job-default --query default --output tsv
  Invoke-RestMethod $url/api/jobs/default/runs -Method Post -Headers @{ 'x-functions-key' = `$key } -ContentType application/json -Body '{"env": {"NAME": "Ada"}}'
"@
}
