#!/usr/bin/env python3
"""Checks with clang that each header compiles by itself and that clang-tidy finds no problem in the sources.

usage: tests/lint/clang.py JOBS CACHE

Most of clang-tidy's time goes into shared headers, so it checks many sources at once: the units of the preset lint,
combined as far as their size allows. If it finds a problem, it checks each half again, down to the unit with the problem.
Clean sources are not checked again: CACHE has a file for each, named by the hash of everything that clang reads for it.
Exits 1 with all problems.
"""

import concurrent.futures
import functools
import hashlib
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import time

TOP = pathlib.Path(__file__).resolve().parents[2]
BUILD = TOP / "build" / "lint"
# Sources of tests have more names in common, and what does not compile together is read again in halves.
SOURCES_AT_ONCE = {BUILD: 75, BUILD / "tests": 30}
KEPT_SECONDS = 30 * 24 * 3600

# Headers that many others include are compiled once for all of them, the most useful ones first. No header gets anything
# from it that it does not include.
BASES = 10
FEWEST = 4  # headers that a base must save the reading of
WEIGHTS = {"nlohmann/json.hpp": 30, "boost/asio/awaitable.hpp": 30, "boost/asio/ip/tcp.hpp": 30}  # other files weigh 1


def run(*command, **options):
    return subprocess.run(command, cwd=TOP, capture_output=True, text=True, **options)


def digest(*texts):
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


@functools.cache
def text_of(path):
    """A file without the folder of this clone, or nothing where there is none."""
    try:
        return (TOP / path).read_text().replace(f"{TOP}/", "")
    except FileNotFoundError:
        return ""


@functools.cache
def includes(path):
    return re.findall(r'^#include (["<])([^">]+)', text_of(path), re.MULTILINE)


def reads(paths):
    """All that the files include of the project, with themselves, and what they include of libraries."""
    project, libraries, unread = set(), set(), list(paths)
    while unread:
        path = unread.pop()
        if path in project or not text_of(path):
            continue
        project.add(path)
        for quote, name in includes(path):
            if quote == '"':
                unread.append(name)
            else:
                libraries.add(name)
    return project, libraries


class Unit:
    """What one compiler call reads, and the words of its command that matter to what it means."""

    def __init__(self, entry):
        self.path = entry["file"].replace(f"{TOP}/", "")
        words = shlex.split(entry["command"])
        joined = re.sub(r"(-isystem|-I|-D) (?=\S)", r"\1", " ".join(shlex.quote(word) for word in words))
        self.flags = {word for word in shlex.split(joined) if re.match("-D|-I|-isystem|-std=", word)}
        self.sources = [name for _, name in includes(self.path) if name.endswith(".cpp")] or [self.path]
        # A program, and one that is told texts, is read by itself.
        self.is_alone = any('"' in flag for flag in self.flags) or any("int main(" in text_of(s) for s in self.sources)

    def folder(self):
        return BUILD / "tests" if self.sources[0].startswith("tests/") else BUILD


class Tidy:
    """Units that are read together."""

    def __init__(self, units, flags):
        self.units, self.flags = units, flags
        self.name = f"clang-tidy on {', '.join(sorted({unit.path.split('/CMakeFiles/')[-1].split('.dir')[0] for unit in units}))}"

    def key(self):
        project, _ = reads(unit.path for unit in self.units)
        flags = sorted(flag.replace(str(TOP), "") for flag in self.flags)
        return digest("tidy", *flags, *(text_of(path) for path in sorted(project)))

    def check(self):
        return self.find(self.units)

    def find(self, units):
        if len(units) == 1:
            found = run("clang-tidy", "--quiet", "-p", BUILD, units[0].path)
            return "" if found.returncode == 0 and not found.stdout else found.stdout or found.stderr
        with tempfile.NamedTemporaryFile("w", dir=units[0].folder(), suffix=".cpp") as together:
            together.writelines(f'#include "{TOP}/{unit.path}"\n' for unit in units)
            together.flush()
            found = run("clang-tidy", "--quiet", together.name, "--", *self.flags)
        if found.returncode == 0 and not found.stdout:
            return ""
        half = len(units) // 2
        return self.find(units[:half]) + self.find(units[half:])


class Header:
    def __init__(self, path, flags):
        self.path, self.flags, self.name = path, flags, path
        self.project, self.libraries = reads([path])
        self.weight = sum(WEIGHTS.get(each, 1) for each in self.project | self.libraries)
        self.base = None

    def key(self):
        return digest("header", self.path, *(text_of(path) for path in sorted(self.project)))

    def check(self):
        heavy = ["-include-pch", ready[self.base.path]] if self.base else []
        alone = ["-fsyntax-only", "-Wall", "-Wextra", "-Werror", *heavy, "-x", "c++", "-"]
        found = run("clang++", *self.flags, *alone, input=f'#include "{self.path}"\n')
        return "" if found.returncode == 0 else f"{self.path} does not compile by itself:\n{found.stderr}"


def give_bases(unread, every):
    """Chooses the bases by the weight that they save, and gives each header the heaviest that it includes."""
    for _ in range(BASES):

        def saved(base):
            using = [each for each in unread if each is not base and base.path in each.project]
            return sum(max(0, base.weight - (each.base.weight if each.base else 0)) for each in using) - FEWEST * base.weight

        best = max(every, key=saved, default=None)
        if best is None or saved(best) <= 0:
            return
        for each in unread:
            if each is not best and best.path in each.project and (not each.base or each.base.weight < best.weight):
                each.base = best


scratch = tempfile.TemporaryDirectory()
ready = {}


def precompile(base):
    compiled = f"{scratch.name}/{digest(base.path)}.pch"
    header = TOP / base.path
    run("clang++", *base.flags, "-fpch-instantiate-templates", "-x", "c++-header", header, "-o", compiled, check=True)
    ready[base.path] = compiled


def groups_of(units):
    """Units in their order, as many together as there are sources at once; and those that stand alone."""
    groups, sizes = {}, {}
    for unit in units:
        if unit.is_alone:
            yield [unit]
            continue
        folder = unit.folder()
        if sizes.get(folder, 0) + len(unit.sources) > SOURCES_AT_ONCE[folder]:
            yield groups.pop(folder)
            sizes[folder] = 0
        groups.setdefault(folder, []).append(unit)
        sizes[folder] = sizes.get(folder, 0) + len(unit.sources)
    yield from groups.values()


def surroundings():
    """What lies outside of the project, the settings, and this script."""
    libraries = ["dpkg-query", "-W", "lib*-dev", "nlohmann-json3-dev"]
    versions = [run(*command).stdout for command in (["clang-tidy", "--version"], ["clang++", "--version"])]
    try:
        versions.append(run(*libraries).stdout)
    except FileNotFoundError:  # no Debian
        pass
    return digest(*versions, text_of(".clang-tidy"), text_of("tests/.clang-tidy"), pathlib.Path(__file__).read_text())


def headers():
    listed = run("git", "ls-files", "-co", "--exclude-standard", "--", "server/*.h", "storage/*.h", "tests/*.h").stdout
    return [path for path in listed.split() if text_of(path)]


def main():
    jobs, cache = int(sys.argv[1]), pathlib.Path(sys.argv[2])
    cache.mkdir(parents=True, exist_ok=True)
    units = [Unit(entry) for entry in json.loads((BUILD / "compile_commands.json").read_text())]
    flags = sorted({flag for unit in units for flag in unit.flags if '"' not in flag})
    listed = [Header(path, flags) for path in headers()]
    subjects = [Tidy(group, flags) for group in groups_of(units)] + listed

    outside = surroundings()
    unread = []
    for subject in subjects:
        mark = cache / digest(outside, subject.key())
        if mark.exists():
            mark.touch()
        else:
            unread.append((subject, mark))
    print(f"{len(unread)} of {len(subjects)} to be read", file=sys.stderr)
    for mark in cache.iterdir():
        if time.time() - mark.stat().st_mtime > KEPT_SECONDS:
            mark.unlink()

    def check(subject, mark):
        found = subject.check()
        if not found:
            mark.touch()
        return found

    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        give_bases([subject for subject, _ in unread if isinstance(subject, Header)], listed)
        list(pool.map(precompile, {subject.base for subject, _ in unread if isinstance(subject, Header) and subject.base}))
        failed = False
        for found in pool.map(check, *zip(*unread)) if unread else []:
            if found:
                print(found)
                failed = True
    sys.exit(failed)


main()
