"""Finds where a program uses forbidden names. Joined to harness.py when the request names any."""
import _ast


class Bindings:
    """Names that one scope binds, without the scopes inside it. A student's own `max` is no use of the forbidden one."""

    def __init__(self, nodes):
        self.first = {}
        assigned = set()
        stack = list(nodes)
        while stack:
            node = stack.pop()
            kind = type(node).__name__
            if kind in ("FunctionDef", "AsyncFunctionDef", "ClassDef"):
                self.bind(node.name, node.lineno, node.col_offset)
                continue
            if kind == "Lambda":
                continue
            if kind in ("Assign", "AugAssign", "AnnAssign", "NamedExpr"):
                # The right side is evaluated first: in `sorted = sorted` it is still the forbidden one.
                for target in getattr(node, "targets", None) or [node.target]:
                    for part in descendants(target):
                        if type(part) is _ast.Name and type(part.ctx) is _ast.Store:
                            assigned.add(part)
                            self.bind(part.id, node.end_lineno, node.end_col_offset)
            elif kind == "Name" and type(node.ctx) is _ast.Store and node not in assigned:
                self.bind(node.id, node.lineno, node.col_offset)
            elif kind == "arg":
                self.bind(node.arg, node.lineno, node.col_offset)
            elif kind in ("Import", "ImportFrom"):
                for name in node.names:
                    self.bind(name.asname or name.name.split(".")[0], node.lineno, node.col_offset)
            elif kind in ("ExceptHandler", "MatchAs", "MatchStar") and node.name:
                self.bind(node.name, node.lineno, node.col_offset)
            elif kind == "MatchMapping" and node.rest:
                self.bind(node.rest, node.lineno, node.col_offset)
            stack.extend(children(node))

    def bind(self, name, line, column):
        self.first[name] = min(self.first.get(name, (line, column)), (line, column))


def children(node):
    for field in node._fields:
        value = getattr(node, field, None)
        if isinstance(value, _ast.AST):
            yield value
        elif type(value) is list:
            for item in value:
                if isinstance(item, _ast.AST):
                    yield item


def descendants(node):
    stack = [node]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(children(node))


def dotted(node):
    parts = []
    while type(node) is _ast.Attribute:
        parts.append(node.attr)
        node = node.value
    if type(node) is not _ast.Name:
        return None
    parts.append(node.id)
    return ".".join(reversed(parts))


def own_attributes(tree):
    names = set()
    for node in descendants(tree):
        if type(node) is _ast.Attribute and type(node.ctx) is _ast.Store:
            names.add(node.attr)
        elif type(node) is _ast.ClassDef:
            names.update(Bindings(node.body).first)
    return names


def uses_in(node, module, local, is_inner, own, forbidden):
    """Forbidden names that this node alone uses."""
    if type(node) is _ast.Name and type(node.ctx) is _ast.Load:
        bound = module.first.get(node.id)
        is_own = node.id in local or (bound is not None and (is_inner or (node.lineno, node.col_offset) >= bound))
        return [] if is_own else [node.id]
    if type(node) is _ast.Attribute and type(node.ctx) is _ast.Load:
        of_self = type(node.value) is _ast.Name and node.value.id == "self" and node.attr in own
        return [] if of_self else [dotted(node), node.attr]
    if type(node) is _ast.Import:
        return [part for name in node.names for part in (name.name, name.name.split(".")[0])]
    if type(node) is _ast.ImportFrom:
        module_name = node.module or ""
        return [module_name, module_name.split(".")[0]] + [part for name in node.names for part in (name.name, module_name + "." + name.name)]
    if type(node) is _ast.Call and dotted(node.func) in ("getattr", "__import__", "importlib.import_module", "import_module"):
        return [item.value for item in node.args if type(item) is _ast.Constant and type(item.value) is str]
    return []


def find_uses(tree, forbidden):
    """JSON list of [name, line], by line."""
    forbidden = set(forbidden)
    module = Bindings(tree.body)
    own = own_attributes(tree)
    found = set()
    stack = [(tree, frozenset(), False)]
    while stack:
        node, local, is_inner = stack.pop()
        for name in uses_in(node, module, local, is_inner, own, forbidden):
            if name in forbidden:
                found.add((node.lineno, name))
        if type(node).__name__ in ("FunctionDef", "AsyncFunctionDef", "Lambda"):
            body = node.body if type(node.body) is list else [node.body]
            inner = local | frozenset(Bindings(list(body) + [node.args]).first)
            stack.extend((child, inner, True) for child in body)
            stack.extend((child, local, is_inner) for child in children(node) if not any(child is part for part in body))
        else:
            stack.extend((child, local, is_inner) for child in children(node))
    return "[%s]" % ",".join("[%s,%d]" % (quoted(name), line) for line, name in sorted(found)[:50])
