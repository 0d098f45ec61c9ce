"""A stand-in for pytest: `python3 pytest.py MODULE` runs the tests of a module, with fixtures that yield."""

import importlib
import inspect
import sys


def fixture(function):
    function.is_fixture = True
    return function


def run(test, module):
    fixtures = [getattr(module, name)() for name in inspect.signature(test).parameters]
    try:
        test(*[next(each) for each in fixtures])
    finally:
        for each in fixtures:
            next(each, None)


if __name__ == "__main__":
    sys.path.insert(0, ".")
    module = importlib.import_module(sys.argv[1])
    tests = [each for name, each in vars(module).items() if name.startswith("test_")]
    for test in tests:
        run(test, module)
    print(f"{len(tests)} passed")
