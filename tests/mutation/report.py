"""Write the score of each module and every change that survived."""

from dataclasses import dataclass, field
from pathlib import Path

SEAM = "<!-- What stands below is written by `make mutants`. -->\n"


@dataclass(frozen=True)
class Tally:
    """The changes tried in one module, and those that no test noticed, by line."""

    module: str
    tried: int
    survivors: list[tuple[int, str]] = field(default_factory=list)

    @property
    def noticed(self) -> int:
        """Count the changes that some test noticed."""
        return self.tried - len(self.survivors)


def percent(noticed: int, tried: int) -> str:
    """Say a share in percent, cut off after one decimal so that nothing is made better than it is."""
    return f"{1000 * noticed // tried / 10:.1f} %" if tried else "-"


def table(tallies: list[Tally]) -> str:
    """Draw the scores as a table."""
    lines = ["| module | changes | noticed | score |", "|---|---|---|---|"]
    for tally in tallies:
        if tally.tried:
            score = percent(tally.noticed, tally.tried)
            lines.append(f"| `{tally.module}` | {tally.tried} | {tally.noticed} | {score} |")
    tried, noticed = sum(one.tried for one in tallies), sum(one.noticed for one in tallies)
    lines.append(f"| **all** | {tried} | {noticed} | **{percent(noticed, tried)}** |")
    return "\n".join(lines) + "\n"


def survivors(tallies: list[Tally]) -> str:
    """List what survived, by module and function."""
    parts = []
    for tally in tallies:
        if tally.survivors:
            listed = "\n".join(f"- `{name.replace('`', '')}`" for _, name in tally.survivors)
            parts.append(f"### {tally.module}\n\n{listed}\n")
    return "\n".join(parts)


def write(path: Path, tallies: list[Tally]) -> None:
    """Put scores and survivors below the seam of a document, whose words above stay."""
    above = path.read_text("utf-8").partition(SEAM)[0] if path.exists() else "# Mutation\n\n"
    path.write_text(f"{above}{SEAM}\n{table(tallies)}\n## Survivors\n\n{survivors(tallies)}", "utf-8")
