#!/bin/sh
# Runs after azd provision: the vault has LAUNCHER_SECRET now, so it need not lie on this machine any longer.
set -eu
azd env set LAUNCHER_SECRET ""
