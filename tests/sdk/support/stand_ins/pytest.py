"""A stand-in for pytest: `python3 pytest.py MODULE` runs the tests of a module, with its fixtures and those of a plugin."""

import importlib
import inspect
import os
import sys
import types


def fixture(function=None, scope="function", autouse=False):
    def mark(function):
        function.scope, function.autouse = scope, autouse
        return function

    return mark(function) if function else mark


@fixture
def monkeypatch():
    before = dict(os.environ)
    yield types.SimpleNamespace(setenv=os.environ.__setitem__)
    os.environ.clear()
    os.environ.update(before)


class Scope:
    """Fixtures by their names, made when they are first asked for, and ended in reverse order."""

    def __init__(self, makers, outer=None):
        self.makers, self.outer = makers, outer
        self.values, self.running = {}, []

    def value_of(self, name):
        make = self.makers[name]
        if self.outer and make.scope == "session":
            return self.outer.value_of(name)
        if name not in self.values:
            made = self.call(make)
            if inspect.isgenerator(made):
                self.running.append(made)
                made = next(made)
            self.values[name] = made
        return self.values[name]

    def call(self, function):
        return function(*[self.value_of(name) for name in inspect.signature(function).parameters])

    def end(self):
        for each in reversed(self.running):
            next(each, None)


def run(test, session):
    scope = Scope(session.makers, session)
    try:
        for name, make in session.makers.items():
            if make.autouse:
                scope.value_of(name)
        scope.call(test)
    finally:
        scope.end()


if __name__ == "__main__":
    sys.path.insert(0, ".")
    plugin, module = (importlib.import_module(name) for name in ("personalize_local.pytest_plugin", sys.argv[1]))
    known = {**vars(sys.modules["pytest"]), **vars(plugin), **vars(module)}
    session = Scope({name: each for name, each in known.items() if hasattr(each, "autouse")})
    tests = [each for name, each in vars(module).items() if name.startswith("test_")]
    try:
        for test in tests:
            run(test, session)
    finally:
        session.end()
    print(f"{len(tests)} passed")
