"""Speed, measured again by one command: python -m benchmarks."""
