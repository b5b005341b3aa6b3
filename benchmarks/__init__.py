"""Programs that measure speed and quality, one command each: ``python -m benchmarks.NAME --help``."""
