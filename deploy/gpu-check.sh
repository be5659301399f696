#!/usr/bin/env bash
# Verifies on a GPU machine that a build for its card works: builds it, checks that its libraries resolve, loads a model on the card
# and prints tokens per second at 1, 8 and 32 answers at once.
#   deploy/gpu-check.sh [--build-only] [cuda12|cuda13|vulkan] <model.gguf> [setting ...]     e.g. --Model:RequestTokens=4096
# --build-only stops after the check of the files; it needs neither card, driver nor model.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

build_only=no; if [ "${1:-}" = --build-only ]; then build_only=yes; shift; fi
backend=cuda12; case "${1:-}" in cuda12|cuda13|vulkan) backend="$1"; shift;; esac
model="${1:-}"; [ $# -gt 0 ] && shift
out="${TUTOR_GPU_OUTPUT:-/tmp/tutor-$backend}"

bash deploy/prerequisites.sh
echo "== Publishing the model host with LLamaSharp.Backend.$backend into $out (fetches some hundred MB once)"
dotnet publish src/Tutor.ModelHost -c Release -p:LlamaBackend="$backend" -o "$out" -v m
libraries="$out/runtimes/linux-x64/native/$backend"
gpu="$libraries/libggml-${backend%1?}.so"
[ -f "$gpu" ] || { echo "The card's library is missing: $gpu" >&2; exit 1; }
ls -lh "$libraries" | sed 's/^/   /'

echo "== Libraries $gpu needs"
# Its siblings are loaded by the host before it; the driver and the CUDA runtime must come from the machine.
missing="$(LD_LIBRARY_PATH="$libraries:$out/runtimes/linux-x64/native/avx2${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" ldd "$gpu" | grep 'not found' || true)"
if [ -n "$missing" ]; then
  echo "$missing"
  if [ "$backend" = vulkan ]; then echo "   libvulkan comes with the card's driver (apt: libvulkan1, mesa-vulkan-drivers, and vulkan-tools)."
  else
    echo "   libcuda comes with NVIDIA's driver; libcudart and libcublas with the CUDA toolkit ${backend#cuda} (apt: cuda-cudart-${backend#cuda}-*, libcublas-${backend#cuda}-*)"
    echo "   or an image such as nvidia/cuda:*-runtime."
  fi
fi
[ "$build_only" = yes ] && { echo "== Built and packed. Nothing was run on a card."; exit 0; }
[ -z "$missing" ] || exit 1
[ -f "$model" ] || { echo "Name a model file: deploy/gpu-check.sh $backend <model.gguf>" >&2; exit 1; }

echo "== Card"
if [ "$backend" = vulkan ]; then vulkaninfo --summary | grep deviceName; else nvidia-smi --query-gpu=name,memory.total,driver_version --format=csv,noheader; fi
# Where the card's own code is not in the library it is compiled at the first start; keep what was compiled.
export CUDA_CACHE_PATH="${CUDA_CACHE_PATH:-$HOME/.cache/tutor-cuda}" CUDA_CACHE_MAXSIZE=4294967296
echo "== One question"
dotnet "$out/Tutor.ModelHost.dll" models test "$model" "$@"
echo "== Tokens per second"
dotnet "$out/Tutor.ModelHost.dll" models speed "$model" --parallel 1,8,32 "$@"
