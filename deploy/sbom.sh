#!/usr/bin/env bash
# Writes what Tutor ships as CycloneDX bills of material (portal, model host, page assets) into the folder given, by default "sbom".
# With "--third-party" it also writes THIRD-PARTY.md from them, and fails where a part's licence is not one that MIT code may be shipped with.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

third_party=""
if [ "${1:-}" = --third-party ]; then third_party=yes; shift; fi
out="${1:-sbom}"
mkdir -p "$out"
dotnet tool restore >/dev/null
for project in Tutor.Web Tutor.ModelHost; do
  dotnet restore "src/$project" -v q
  dotnet dotnet-CycloneDX "src/$project/$project.csproj" -o "$out" -fn "$project.json" -F Json --disable-package-restore --exclude-dev >/dev/null
done
(cd src/Tutor.Web/Assets && [ -d node_modules ] || npm ci --no-audit --no-fund --loglevel=error)
(cd src/Tutor.Web/Assets && npm sbom --sbom-format cyclonedx) > "$out/Tutor.Web.Assets.json"
echo "Written: $out/Tutor.Web.json, $out/Tutor.ModelHost.json, $out/Tutor.Web.Assets.json"
if [ -n "$third_party" ]; then node deploy/third-party.mjs "$out" > THIRD-PARTY.md.new && mv THIRD-PARTY.md.new THIRD-PARTY.md && echo "Written: THIRD-PARTY.md"; fi
