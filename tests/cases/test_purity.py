"""The merit core stands alone."""

import subprocess
import sys


def test_the_core_imports_neither_flask_nor_sqlalchemy_nor_polars() -> None:
    heavy = "('flask', 'sqlalchemy', 'polars', 'weasyprint')"
    code = f"import sys, app.exams.merit; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
