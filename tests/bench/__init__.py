"""Benchmarks: `python -m tests.bench` runs all parts, `python -m tests.bench burst --runs 3` one, three times."""
