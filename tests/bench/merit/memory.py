"""How much memory ten million people take: `python -m tests.bench.merit.memory [people]`, in GiB."""

import resource
import sys

from app.exams.merit import packing
from tests.bench.merit import ranking


def main(people: int) -> None:
    """Order people with mass ties and print the most memory that the process held, its inputs included."""
    packing.order(ranking.columns(people, ties=True), people)
    sys.stdout.write(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000)
