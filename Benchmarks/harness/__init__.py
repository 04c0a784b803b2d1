"""Parts of the benchmark and soak harness. Python's standard library only."""
