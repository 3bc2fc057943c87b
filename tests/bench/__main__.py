"""Run every benchmark: ratios against peers in one run, results compared before anything is timed."""

from __future__ import annotations

import runpy

for module in ("tests.bench.merit", "tests.bench.psychometrics"):
    print(f"\n# {module.removeprefix('tests.bench.')}\n", flush=True)  # noqa: T201
    runpy.run_module(module, run_name="__main__")
