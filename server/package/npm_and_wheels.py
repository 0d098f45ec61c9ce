#!/usr/bin/env python3
"""Packs the npm packages and the Python wheels from the archives of the static program, one for each processor.

    npm_and_wheels.py --into FOLDER [--image IMAGE] personalize-local-1.0.0-linux-amd64.tar.gz...

The archives have the version, the program, the notices of its libraries and the date of all files. So packages of the
same archives are the same, byte for byte. IMAGE is what start() runs where there is no program.
"""

import argparse
import base64
import gzip
import hashlib
import io
import json
import re
import sys
import tarfile
import time
import zipfile
from pathlib import Path
from typing import Dict, List, NamedTuple

HERE = Path(__file__).parent
ARCHIVE = re.compile(r"personalize-local-(?P<version>\d+\.\d+\.\d+)-linux-(?P<processor>[a-z0-9]+)\.tar\.gz")
# The processors by Debian's names: npm's name, and the names of systems for wheels. The program needs no C library, so
# it also runs where there is another one than glibc.
PLATFORMS = {
    "amd64": ("x64", ["manylinux_2_17_x86_64", "manylinux2014_x86_64", "musllinux_1_1_x86_64"]),
    "arm64": ("arm64", ["manylinux_2_17_aarch64", "manylinux2014_aarch64", "musllinux_1_1_aarch64"]),
}

Files = Dict[str, bytes]  # by their paths in the package


class Archive(NamedTuple):
    version: str
    processor: str
    program: bytes
    license: bytes
    notices: bytes
    date: int  # of all its files, in seconds since 1970


class Settings(NamedTuple):
    version: str
    image: str


def read_archive(path: Path) -> Archive:
    name = ARCHIVE.fullmatch(path.name)
    if not name or name["processor"] not in PLATFORMS:
        sys.exit(f"{path}: expected personalize-local-VERSION-linux-{{{','.join(PLATFORMS)}}}.tar.gz")
    files: Files = {}
    with tarfile.open(path) as tar:
        for member in tar.getmembers():
            if member.isfile():
                files[member.name.split("/", 1)[1]] = tar.extractfile(member).read()
        date = int(tar.getmembers()[0].mtime)
    documents = "share/doc/personalize-local/"
    license, notices = files[f"{documents}LICENSE"], files[f"{documents}NOTICES"]
    return Archive(name["version"], name["processor"], files["bin/personalize-local"], license, notices, date)


def with_settings(text: bytes, settings: Settings) -> bytes:
    """The text of a source with the image and the version of the release. It holds 0.0.0 in their places."""
    image = text.replace(b"personalize-local:0.0.0", settings.image.encode())
    return image.replace(b"0.0.0", settings.version.encode())


def sources_in(folder: Path, parts: List[str]) -> Files:
    found = [path for part in parts for path in sorted((folder / part).rglob("*")) if path.is_file()]
    kept = [path for path in found if "__pycache__" not in path.parts]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in kept}


def is_program(path: str) -> bool:
    return "bin/" in path


def npm_package(files: Files, date: int) -> bytes:
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=packed, mtime=0) as zipped:
        with tarfile.open(fileobj=zipped, mode="w", format=tarfile.USTAR_FORMAT) as tar:
            for path, content in sorted(files.items()):
                entry = tarfile.TarInfo(f"package/{path}")
                entry.size, entry.mtime, entry.mode = len(content), date, 0o755 if is_program(path) else 0o644
                tar.addfile(entry, io.BytesIO(content))
    return packed.getvalue()


def main_package(settings: Settings, license: bytes) -> Files:
    files = sources_in(HERE / "npm", ["bin", "lib"])
    for name in ("README.md", "package.json"):
        files[name] = (HERE / "npm" / name).read_bytes()
    files["package.json"] = with_settings(files["package.json"], settings)
    return {**files, "LICENSE": license}


def platform_package(settings: Settings, archive: Archive) -> Files:
    cpu = PLATFORMS[archive.processor][0]
    text = with_settings((HERE / "npm/platform/package.json").read_bytes(), settings)
    manifest = json.loads(text.replace(b"PLATFORM", f"linux-{cpu}".encode()))
    manifest.update(os=["linux"], cpu=[cpu])
    return {
        "package.json": (json.dumps(manifest, indent=2) + "\n").encode(),
        "README.md": (HERE / "npm/platform/README.md").read_bytes(),
        "LICENSE": archive.license,
        "bin/personalize-local": archive.program,
        "NOTICES": archive.notices,
    }


def record_of(files: Files, record: str) -> bytes:
    def digest(content: bytes) -> str:
        return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()

    lines = [f"{path},sha256={digest(content)},{len(content)}" for path, content in sorted(files.items())]
    return "\n".join([*lines, f"{record},,", ""]).encode()


def wheel(files: Files, record: str, date: int) -> bytes:
    packed = io.BytesIO()
    # The record is the last file of a wheel.
    entries = [*sorted(files.items()), (record, record_of(files, record))]
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as zipped:
        for path, content in entries:
            entry = zipfile.ZipInfo(path, time.gmtime(date)[:6])
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3  # Unix, for the mode
            entry.external_attr = (0o100755 if is_program(path) else 0o100644) << 16
            zipped.writestr(entry, content)
    return packed.getvalue()


def wheel_files(settings: Settings, license: bytes, systems: List[str], about: str) -> Files:
    """The files of a wheel without a program. `about` is its folder for metadata."""
    folder = HERE / "python"
    files = sources_in(folder, ["personalize_local"])
    release = "personalize_local/_release.py"
    files[release] = with_settings(files[release], settings)
    head = with_settings((folder / "METADATA").read_bytes(), settings)
    tags = "".join(f"Tag: py3-none-{system}\n" for system in systems)
    purelib = str(systems == ["any"]).lower()
    files[f"{about}/METADATA"] = head + b"\n" + (folder / "README.md").read_bytes()
    files[f"{about}/WHEEL"] = f"Wheel-Version: 1.0\nGenerator: personalize-local\nRoot-Is-Purelib: {purelib}\n{tags}".encode()
    files[f"{about}/entry_points.txt"] = (folder / "entry_points.txt").read_bytes()
    files[f"{about}/LICENSE"] = license
    return files


def packages_of(archives: List[Archive], settings: Settings) -> Files:
    """All packages by their file names."""
    version, first = settings.version, archives[0]
    about = f"personalize_local-{version}.dist-info"
    record = f"{about}/RECORD"
    packages = {f"personalize-local-{version}.tgz": npm_package(main_package(settings, first.license), first.date)}
    pure = wheel_files(settings, first.license, ["any"], about)
    packages[f"personalize_local-{version}-py3-none-any.whl"] = wheel(pure, record, first.date)
    for archive in archives:
        cpu, systems = PLATFORMS[archive.processor]
        name = f"personalize-local-linux-{cpu}-{version}.tgz"
        packages[name] = npm_package(platform_package(settings, archive), archive.date)
        files = wheel_files(settings, archive.license, systems, about)
        files["personalize_local/bin/personalize-local"] = archive.program
        files[f"{about}/NOTICES"] = archive.notices
        packages[f"personalize_local-{version}-py3-none-{'.'.join(systems)}.whl"] = wheel(files, record, archive.date)
    return packages


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archives", nargs="+", type=Path, metavar="ARCHIVE")
    parser.add_argument("--into", required=True, type=Path, metavar="FOLDER")
    parser.add_argument("--image", metavar="IMAGE", help="default: personalize-local:VERSION")
    given = parser.parse_args()
    archives = [read_archive(path) for path in sorted(given.archives)]
    versions = {archive.version for archive in archives}
    if len(versions) > 1:
        sys.exit(f"expected archives of one version, found {', '.join(sorted(versions))}")
    version = versions.pop()
    given.into.mkdir(parents=True, exist_ok=True)
    settings = Settings(version, given.image or f"personalize-local:{version}")
    for name, content in packages_of(archives, settings).items():
        (given.into / name).write_bytes(content)


if __name__ == "__main__":
    main()
