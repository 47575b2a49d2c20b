"""Written by scripts/generate-sdks.ts."""
