"""The small wrong changes that a good test must notice, one at a time, as code objects.

Functions and methods are changed, not what stands at the level of a module or class. Each change is made in
the syntax tree, compiled, and undone.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType

Function = ast.FunctionDef | ast.AsyncFunctionDef

COMPARE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Div,
    ast.Mod: ast.FloorDiv, ast.Pow: ast.Mult, ast.LShift: ast.RShift, ast.RShift: ast.LShift,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.BitXor: ast.BitAnd,
}  # fmt: skip
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any", "sorted": "list", "sum": "max"}


@dataclass(frozen=True)
class Change:
    """One change: where it stands, what it does, and the code of the whole function with it."""

    path: str
    qualname: str
    line: int
    words: str
    code: CodeType

    @property
    def name(self) -> str:
        """Name the change the same way as long as the function stays as it is."""
        return f"{self.qualname}: {self.words}"


def changes(path: Path, shown: str) -> Iterator[Change]:
    """Give every change of one file that compiles to other code than the file itself."""
    tree = ast.parse(path.read_text("utf-8"))
    plain = dict(_functions(compile(tree, shown, "exec")))
    for qualname, function in functions_of(tree):
        for line, words, do, undo in _sites(function):
            do()
            ast.fix_missing_locations(tree)
            code = dict(_functions(compile(tree, shown, "exec"))).get(qualname)
            undo()
            if code is not None and not _same(code, plain[qualname]):
                yield Change(shown, qualname, line, words, code)


def functions_of(tree: ast.Module) -> Iterator[tuple[str, Function]]:
    """Give every function and method of a file by its qualified name."""
    yield from _defined(tree.body, "")


def _defined(body: list[ast.stmt], outer: str) -> Iterator[tuple[str, Function]]:
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield from _defined(node.body, f"{outer}{node.name}.")
        elif isinstance(node, Function):
            yield f"{outer}{node.name}", node


def _functions(code: CodeType) -> Iterator[tuple[str, CodeType]]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant.co_qualname, constant
            yield from _functions(constant)


def _same(one: CodeType, other: CodeType) -> bool:
    """Compare what two codes do; lines do not count."""
    plain = [[part for part in code.co_consts if not isinstance(part, CodeType)] for code in (one, other)]
    if one.co_code != other.co_code or one.co_names != other.co_names or repr(plain[0]) != repr(plain[1]):
        return False
    inner = [[part for part in code.co_consts if isinstance(part, CodeType)] for code in (one, other)]
    return all(_same(*pair) for pair in zip(*inner, strict=True))


Site = tuple[int, str, Callable[[], object], Callable[[], object]]


def _sites(function: Function) -> Iterator[Site]:
    body = function.body
    if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        body = body[1:]
    for statement in body:
        for node in ast.walk(statement):
            yield from _sites_of(node)


def _sites_of(node: ast.AST) -> Iterator[Site]:
    """List what can be done to one node."""
    line = getattr(node, "lineno", 0)
    for field, value in ast.iter_fields(node):
        if isinstance(value, list):
            for place, one in enumerate(value):
                for words, new in _others(node, field, one):
                    yield _put(line, words, value, place, one, new)
            if field == "keywords":
                for place, one in enumerate(value):
                    yield _cut(one.value.lineno, f"without {ast.unparse(one)}", value, place)
        else:
            for words, new in _others(node, field, value):
                yield _set(line, words, node, field, value, new)


def _others(node: ast.AST, field: str, value: object) -> Iterator[tuple[str, ast.AST | object]]:
    """Give the words and the new child for each way to change one child of a node."""
    new: object
    if field in ("annotation", "returns", "type_comment"):
        return
    if isinstance(value, ast.cmpop) and type(value) in COMPARE:
        new = COMPARE[type(value)]()
        yield f"{_said(node)}: {type(value).__name__} to {type(new).__name__}", new
    elif isinstance(value, ast.operator) and type(value) in ARITHMETIC:
        new = ARITHMETIC[type(value)]()
        yield f"{_said(node)}: {type(value).__name__} to {type(new).__name__}", new
    elif isinstance(value, ast.boolop):
        new = ast.Or() if isinstance(value, ast.And) else ast.And()
        yield f"{_said(node)}: {type(value).__name__} to {type(new).__name__}", new
    elif isinstance(value, ast.Constant):
        yield from _constants(node, value)
    elif isinstance(value, ast.UnaryOp):
        yield f"{_said(value)} to {_said(value.operand)}", value.operand
    elif isinstance(value, ast.Name) and isinstance(node, ast.Call) and field == "func" and value.id in NAMES:
        yield f"{_said(node)}: {NAMES[value.id]}", ast.Name(NAMES[value.id], ast.Load())
    elif isinstance(value, ast.Break | ast.Continue):
        yield f"{_said(value)} turned", ast.Continue() if isinstance(value, ast.Break) else ast.Break()
    yield from _whole(node, field, value)


def _constants(node: ast.AST, value: ast.Constant) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(value.value, bool):
        yield f"{_said(node)}: {value.value} to {not value.value}", ast.Constant(not value.value)
    elif isinstance(value.value, int):
        yield f"{_said(node)}: {value.value} to {value.value + 1}", ast.Constant(value.value + 1)
    elif isinstance(value.value, str) and not (isinstance(node, ast.FormattedValue)):
        yield f"{_said(node)}: {value.value!r} altered", ast.Constant(f"XX{value.value}XX")


def _whole(node: ast.AST, field: str, value: object) -> Iterator[tuple[str, ast.AST]]:
    """Turn conditions round, and put None for what is assigned, given back or handed over."""
    nothing = isinstance(value, ast.Constant) and value.value is None
    conditional = field == "ifs" or (field == "test" and isinstance(node, ast.If | ast.IfExp))
    if conditional and isinstance(value, ast.expr):
        yield f"if {_said(value)}: turned round", ast.UnaryOp(ast.Not(), value)
    elif nothing or not isinstance(value, ast.expr) or isinstance(value, ast.Starred):
        return
    elif field == "value" and isinstance(node, ast.Assign | ast.AnnAssign | ast.Return | ast.keyword):
        yield f"{_said(node)}: None", ast.Constant(None)
    elif field == "args" and isinstance(node, ast.Call):
        yield f"{_said(node)}: None for {_said(value)}", ast.Constant(None)
    elif field == "body" and isinstance(node, ast.Lambda):
        yield f"{_said(node)}: None", ast.Constant(None)


def _said(node: ast.AST) -> str:
    """Write a node on one short line."""
    text = " ".join(ast.unparse(ast.fix_missing_locations(node)).split())
    return text if len(text) <= 90 else f"{text[:87]}..."


def _set(line: int, words: str, node: ast.AST, field: str, old: object, new: object) -> Site:
    return line, words, lambda: setattr(node, field, new), lambda: setattr(node, field, old)


def _put(line: int, words: str, among: list[object], place: int, old: object, new: object) -> Site:
    line = getattr(old, "lineno", line)
    return line, words, lambda: among.__setitem__(place, new), lambda: among.__setitem__(place, old)


def _cut(line: int, words: str, among: list[object], place: int) -> Site:
    old = among[place]
    return line, words, lambda: among.pop(place), lambda: among.insert(place, old)
