#!/usr/bin/env python3
"""Writes tables.image: the pages of an empty database with the tables of all scripts here, as SQLite itself makes them.

The program copies these pages into a new database in memory, because running the scripts takes it most of its start.
Run this after a script was added. A test compares the image with the scripts. Each line is a page (counted from 0), an
offset in it, and the bytes from there on; all other bytes are 0.
"""
import pathlib
import re
import sqlite3

PAGE_BYTES = 4096
folder = pathlib.Path(__file__).parent
scripts = sorted(folder.glob("[0-9]*.sql"))

database = sqlite3.connect(":memory:", isolation_level=None)
for script in scripts:
    database.executescript(script.read_text())
database.execute(f"PRAGMA user_version = {len(scripts)}")
database.execute("VACUUM")  # pages of tables that later scripts have dropped
image = database.serialize()

lines = [f"{len(image) // PAGE_BYTES}"]
for page in range(len(image) // PAGE_BYTES):
    content = image[page * PAGE_BYTES : (page + 1) * PAGE_BYTES]
    for run in re.finditer(rb"[^\0](?:\0{0,7}[^\0])*", content):
        lines.append(f"{page} {run.start()} {run.group().hex()}")
(folder / "tables.image").write_text("\n".join(lines) + "\n")
