# Runs before azd provision: registers what the templates need, and makes the first LAUNCHER_SECRET.
$ErrorActionPreference = 'Stop'
Set-Location $PSScriptRoot

if (Get-Command az -ErrorAction SilentlyContinue) {
  foreach ($provider in Get-Content providers.txt) {
    az provider register --namespace $provider --subscription $env:AZURE_SUBSCRIPTION_ID --wait --only-show-errors
    if ($LASTEXITCODE -ne 0) {
      Write-Warning "Could not register $provider; that may be done already, or ask whoever may do it."
    }
  }
} else {
  Write-Warning 'There is no Azure CLI (az) here. If the deployment says MissingSubscriptionRegistration, register what providers.txt names.'
}

# Made once: it goes into the vault, postprovision takes it out of the azd environment again, and later deployments leave it alone,
# for another value would make what is sealed unreadable and results unreachable.
if ($env:LAUNCHER_SECRET_STORED -ne 'true' -and -not $env:LAUNCHER_SECRET) {
  $secret = node -p 'require(''node:crypto'').randomBytes(32).toString(''hex'')'
  if ($LASTEXITCODE -ne 0 -or -not $secret) { throw 'node could not make a LAUNCHER_SECRET.' }
  azd env set LAUNCHER_SECRET $secret
  if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
}
exit 0
