#!/usr/bin/env python3
"""Compares server/model/*.json with the service models of the installed botocore.

Everything that both have must be equal. A botocore older than TABLES_FROM may lack operations, shapes, members, errors
and enum values, a newer one may add some: these are notes, every other difference is a fault. Exits 0, 1 with every
fault, or 77 without botocore.
"""

import json
import pathlib
import sys

TABLES_FROM = (1, 43, 11)  # the version of botocore that the tables are made from
TABLES = pathlib.Path(__file__).resolve().parents[2] / "server" / "model"
SERVICES = {
    "personalize": "AmazonPersonalize",
    "personalize-runtime": "AmazonPersonalizeRuntime",
    "personalize-events": "AmazonPersonalizeEvents",
}
PROTOCOLS = {"json": "aws-json", "rest-json": "rest-json"}
TRAITS = ("min", "max", "pattern", "enum", "sensitive")


class Comparison:
    """Collects the differences of one service."""

    def __init__(self, service, version):
        self.service, self.version = service, version
        self.faults, self.notes = [], []

    def same(self, where, ours, theirs):
        if ours != theirs:
            self.faults.append(f"{where}: the table has {ours!r}, botocore {theirs!r}")

    def names(self, where, ours, theirs):
        """Compares two collections of names, including the order of the common ones, and returns the common ones."""
        lacks = self.notes if self.version < TABLES_FROM else self.faults
        lacks += [f"{where}: botocore lacks {name}" for name in ours if name not in theirs]
        adds = self.notes if self.version > TABLES_FROM else self.faults
        adds += [f"{where}: botocore adds {name}" for name in theirs if name not in ours]
        common = [name for name in ours if name in theirs]
        self.same(f"{where}, in order", common, [name for name in theirs if name in ours])
        return common

    def finish(self):
        """Prints the differences and returns True if there is no fault."""
        for title, lines in (("note", self.notes), ("FAULT", self.faults)):
            for line in lines:
                print(f"{title}: {self.service}: {line}")
        return not self.faults


def compact(shape):
    """A shape of botocore as (type, targets, traits, members); members map a name to (shape, required)."""
    targets = [shape[part]["shape"] for part in ("key", "value", "member") if part in shape]
    traits = {name: shape[name] for name in TRAITS if name in shape}
    required = shape.get("required", [])
    members = {name: (member["shape"], name in required) for name, member in shape.get("members", {}).items()}
    return shape["type"], targets, traits, members


def expanded(row):
    """A row of a table in the same form."""
    if isinstance(row, dict):
        row = ["structure", row]
    kind, *rest = row
    members = {}
    if kind == "structure":
        members = {key.rstrip("!"): (target, key.endswith("!")) for key, target in rest.pop(0).items()}
    targets = [part for part in rest if isinstance(part, str)]
    traits = next((part for part in rest if isinstance(part, dict)), {})
    return kind, targets, dict(traits), members


def compare_shape(found, name, row, shape):
    kind, targets, traits, members = expanded(row)
    their_kind, their_targets, their_traits, their_members = compact(shape)
    found.same(name, (kind, targets), (their_kind, their_targets))
    if "enum" in traits and "enum" in their_traits:
        found.names(f"{name}'s values", traits.pop("enum"), their_traits.pop("enum"))
    found.same(name, traits, their_traits)
    for member in found.names(f"{name}'s members", members, their_members):
        found.same(f"{name}.{member}", members[member], their_members[member])


def compare_operation(found, name, row, operation, rest):
    found.same(name, row[:2], [operation.get(end, {}).get("shape") for end in ("input", "output")])
    found.same(f"{name}'s method", "POST", operation["http"]["method"])
    found.same(f"{name}'s path", row[3] if rest else "/", operation["http"]["requestUri"])
    # Errors are compared as sets: botocore lists some of them twice.
    found.names(f"{name}'s errors", sorted(row[2]), sorted({error["shape"] for error in operation.get("errors", [])}))


def reached(model):
    """The names of all shapes that the inputs and outputs of the operations use."""
    names, waiting = set(), []
    for operation in model["operations"].values():
        waiting += [operation[end]["shape"] for end in ("input", "output") if end in operation]
    while waiting:
        name = waiting.pop()
        if name not in names:
            names.add(name)
            _, targets, _, members = compact(model["shapes"][name])
            waiting += targets + [target for target, _ in members.values()]
    return names


def compare(service, version, table, model):
    found = Comparison(service, version)
    found.same("service", table["service"], SERVICES[service])
    if "targetPrefix" in model["metadata"]:
        found.same("target", table["service"], model["metadata"]["targetPrefix"])
    found.same("protocol", table["protocol"], PROTOCOLS.get(model["metadata"]["protocol"]))

    exceptions = {name: shape for name, shape in model["shapes"].items() if shape.get("exception")}
    for name in found.names("errors", sorted(table["errors"]), sorted(exceptions)):
        status = exceptions[name].get("error", {}).get("httpStatusCode", 400)
        found.same(f"{name}'s status", table["errors"][name], status)
        found.same(f"{name}'s members", ["message"], list(exceptions[name]["members"]))

    rest = table["protocol"] == "rest-json"
    for name in found.names("operations", sorted(table["operations"]), sorted(model["operations"])):
        compare_operation(found, name, table["operations"][name], model["operations"][name], rest)
    for name in found.names("shapes", sorted(table["shapes"]), sorted(reached(model))):
        compare_shape(found, name, table["shapes"][name], model["shapes"][name])
    return found.finish()


def distinct(pairs):
    """The members of an object. A duplicate is an error."""
    names = [name for name, _ in pairs]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        sys.exit(f"a table has {', '.join(twice)} twice")
    return dict(pairs)


def main():
    try:
        import botocore
        import botocore.loaders
    except ImportError:
        print("botocore is not installed")
        return 77
    version = tuple(int(part) for part in botocore.__version__.split(".")[:3])
    loader = botocore.loaders.Loader()
    results = []
    for service in SERVICES:
        table = json.loads((TABLES / f"{service}.json").read_text(encoding="utf-8"), object_pairs_hook=distinct)
        results.append(compare(service, version, table, loader.load_service_model(service, "service-2")))
    print(f"botocore {botocore.__version__}: {'alike' if all(results) else 'different'}")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
