# Runs after azd provision: the vault has LAUNCHER_SECRET now, so it need not lie on this machine any longer.
azd env set LAUNCHER_SECRET ""
exit $LASTEXITCODE
