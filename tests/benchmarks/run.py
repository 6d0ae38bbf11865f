"""The benchmarks, on a server of their own with the durability of production: one JSON object per line, then a table.

`python -m tests.benchmarks.run [--dossiers N] [name…]`. A module of this folder takes part by its `benchmarks()`; it is
named below. Figures and the rebuild are measured on a simulated country of a million dossiers, or of `N`.
"""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from rich.console import Console
from rich.table import Table

from infrastructure.embedded import EmbeddedServer
from tests.benchmarks.measure import Measure
from tests.benchmarks.simulated import COUNTRIES, MILLION

Benchmark = Callable[[EmbeddedServer], Measure]
MODULES = ("append", "replay", "project", "latency", "http", "rebuild", "figures")


def main(wanted: Sequence[str]) -> int:
    """Run those whose name starts with one of `wanted` (all, if none); answers how many miss their goal."""
    console = Console(stderr=True)
    measures: list[Measure] = []
    with durable_server() as server:
        for benchmark in chosen(wanted):
            with console.status(_name(benchmark)):
                measures.append(benchmark(server))
            print(json.dumps(measures[-1]), flush=True)  # noqa: T201 - a command's output
    console.print(table(measures))
    return sum(measure["ratio"] < measure["goal"] for measure in measures)


def chosen(wanted: Sequence[str]) -> Sequence[Benchmark]:
    found: list[Benchmark] = []
    for module in MODULES:
        found += import_module(f"tests.benchmarks.{module}").benchmarks()
    return [one for one in found if not wanted or _name(one).startswith(tuple(wanted))]


def table(measures: Sequence[Measure]) -> Table:
    shown = Table("benchmark", "ratio", "goal", "ours /s", "baseline /s", "")
    for measure in measures:
        numbers = [
            f"{measure['ratio']:.2f}",
            f"{measure['goal']:.2f}",
            f"{measure['value']:,.0f}",
            f"{measure['baseline']:,.0f}",
        ]
        shown.add_row(measure["name"], *numbers, "reached" if measure["ratio"] >= measure["goal"] else "missed")
    return shown


@contextmanager
def durable_server() -> Iterator[EmbeddedServer]:
    folder = Path(mkdtemp(prefix="parcours-bench-"))
    server = EmbeddedServer(folder / "data", settings={"max_connections": "200"})
    server.start()
    try:
        yield server
    finally:
        server.stop("immediate")
        rmtree(folder)


def _name(benchmark: Benchmark) -> str:
    return getattr(benchmark, "__name__", "benchmark").replace("_", "-")


if __name__ == "__main__":
    parser = ArgumentParser()
    parser.add_argument("--dossiers", type=int, default=MILLION)
    parser.add_argument("names", nargs="*")
    told = parser.parse_args(sys.argv[1:])
    COUNTRIES.dossiers = told.dossiers
    raise SystemExit(main(told.names))
