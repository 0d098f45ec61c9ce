#!/usr/bin/env python3
"""The wheels, installed into a fresh environment: what they hold, and what tests in Python do with them.

PLOCAL_STATIC_BINARY names the static program, whose build folder is packed. Exits 0, 1 with the failures, or 77 with
the reason to skip all of it. The Python that runs this must have pytest and boto3; the environment sees those of it.
"""

import datetime
import glob
import inspect
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import unittest.mock
import zipfile
from pathlib import Path

SDK = Path(__file__).resolve().parent
TOP = SDK.parents[1]
STATIC = os.environ.get("PLOCAL_STATIC_BINARY", "")
LONGEST_SECONDS = 300


def reason_to_skip():
    if not STATIC:
        return "PLOCAL_STATIC_BINARY does not name the program of the preset static"
    missing = [command for command in ("cpack", "node") if not shutil.which(command)]
    for module in ("boto3", "ensurepip", "pytest"):
        if subprocess.run([sys.executable, "-c", f"import {module}"], capture_output=True).returncode:
            missing.append(module)
    return f"not installed: {', '.join(missing)}" if missing else ""


def clean_environment(**extra):
    steers = re.compile("^(AWS_|PERSONALIZE_LOCAL_|PYTHON|PYTEST)|_proxy$", re.I)
    kept = {name: value for name, value in os.environ.items() if not steers.search(name)}
    return {**kept, "AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null", **extra}


def run(command, **options):
    options.setdefault("env", clean_environment())
    return subprocess.run(command, capture_output=True, text=True, timeout=600, **options)


def printed_by(command, **options):
    done = run(command, **options)
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done.stdout


def until(what, check):
    deadline = time.monotonic() + LONGEST_SECONDS
    while not check():
        assert time.monotonic() < deadline, f"waited for {what}"
        time.sleep(0.02)


def is_running(pid):
    """One that has ended but was not waited for does not run."""
    try:
        return not re.search(r"\) [ZX] ", Path(f"/proc/{pid}/stat").read_text())
    except OSError:
        return False


class Installation:
    """The packages of the static program, and an environment with the wheel of this platform."""

    def __init__(self, folder):
        self.folder = Path(folder)
        build = Path(STATIC).parent
        printed_by(["cpack", "--config", "CPackConfig.cmake", "-G", "TGZ", "-B", f"{folder}/archive"], cwd=build)
        (self.archive,) = glob.glob(f"{folder}/archive/*.tar.gz")
        self.wheels = self.pack(f"{folder}/packages")
        self.python = self.environment("venv", self.wheels["manylinux"])

    def pack(self, into):
        printed_by([sys.executable, f"{TOP}/server/package/npm_and_wheels.py", "--into", into, self.archive])
        names = glob.glob(f"{into}/*.whl")
        (pure,) = [name for name in names if name.endswith("-py3-none-any.whl")]
        (other,) = [name for name in names if name != pure]
        return {"any": pure, "manylinux": other}

    def environment(self, name, wheel):
        """The Python of a fresh environment with a wheel. It sees pytest and boto3 of the Python that runs this."""
        made = self.folder / name
        printed_by([sys.executable, "-m", "venv", "--system-site-packages", str(made)])
        python = str(made / "bin/python")
        printed_by([python, "-m", "pip", "install", "--no-index", "--no-deps", "--quiet", wheel])
        return python


installed = None


def setUpModule():
    global installed
    folder = tempfile.TemporaryDirectory(prefix="personalize-local-")
    unittest.addModuleCleanup(folder.cleanup)
    installed = Installation(folder.name)
    (site,) = glob.glob(f"{folder.name}/venv/lib/python*/site-packages")
    sys.path.insert(0, site)
    for name in set(os.environ) - set(clean_environment()):
        del os.environ[name]


def package():
    import personalize_local

    return personalize_local


def script(text, python=None, **options):
    return run([python or installed.python, "-c", text], **options)


ARN = "arn:aws:personalize:us-east-1:000000000000:"
ITEMS = json.dumps(
    {
        "type": "record",
        "name": "Items",
        "namespace": "com.amazonaws.personalize.schema",
        "fields": [
            {"name": "ITEM_ID", "type": "string"},
            {"name": "GENRES", "type": ["null", "string"], "categorical": True},
            {"name": "CREATION_TIMESTAMP", "type": "long"},
        ],
        "version": "1.0",
    }
)
WORLD = {
    "solutionVersion": {"solutionVersionArn": f"{ARN}solution/films/1a2b3c4d"},
    "schema": {"schemaArn": f"{ARN}schema/items", "schema": ITEMS},
    "dataset": {
        "datasetArn": f"{ARN}dataset/club/ITEMS",
        "schemaArn": f"{ARN}schema/items",
        "datasetType": "ITEMS",
    },
}


def job_named(name, tenant):
    return {
        "jobName": name,
        "solutionVersionArn": tenant.arn("solution/films/1a2b3c4d"),
        "jobInput": {"s3DataSource": {"path": "s3://films-bucket/users.json"}},
        "jobOutput": {"s3DataDestination": {"path": "s3://films-bucket/out/"}},
        "roleArn": "arn:aws:iam::000000000000:role/personalize-batch",
    }


class Case(unittest.TestCase):
    maxDiff = None

    def started(self, **options):
        server = package().start(**options)
        self.addCleanup(server.stop)
        return server

    def client_of(self, tenant):
        import boto3
        import botocore.config

        config = botocore.config.Config(retries={"total_max_attempts": 1})
        client = boto3.client("personalize", config=config, **tenant.client_config)
        self.addCleanup(client.close)
        return client


class Wheels(Case):
    def test_each_wheel_has_the_module_and_one_has_the_program(self):
        modules = ["__init__", "__main__", "_child", "_control", "_image", "_program", "_release", "_server", "_tenant"]
        expected = [f"personalize_local/{name}.py" for name in [*modules, "pytest_plugin"]]
        about = f"personalize_local-{self.version()}.dist-info"
        expected += [f"{about}/{each}" for each in ("LICENSE", "METADATA", "RECORD", "WHEEL", "entry_points.txt")]
        expected.append("personalize_local/py.typed")
        for kind, wheel in installed.wheels.items():
            with zipfile.ZipFile(wheel) as opened:
                modes = {entry.filename: entry.external_attr >> 16 for entry in opened.infolist()}
            program = ["personalize_local/bin/personalize-local"] if kind == "manylinux" else []
            notices = [f"{about}/NOTICES"] if program else []
            self.assertEqual(sorted(modes), sorted(expected + program + notices))
            for name, mode in modes.items():
                self.assertEqual(oct(mode), "0o100755" if name in program else "0o100644", name)

    def version(self):
        return printed_by([STATIC, "--version"]).split()[1]

    def test_the_version_is_that_of_the_program(self):
        text = "import importlib.metadata as m; print(m.version('personalize-local'))"
        self.assertEqual(script(text).stdout.strip(), self.version())
        for wheel in installed.wheels.values():
            self.assertIn(f"personalize_local-{self.version()}-py3-none-", wheel)
        self.assertRegex(installed.wheels["manylinux"], r"manylinux_2_17_(x86_64|aarch64)\.manylinux2014_")

    def test_packing_is_reproducible(self):
        with tempfile.TemporaryDirectory() as folder:
            for kind, wheel in installed.pack(folder).items():
                self.assertEqual(Path(wheel).read_bytes(), Path(installed.wheels[kind]).read_bytes(), kind)

    def test_the_command_is_the_program(self):
        expected = printed_by([STATIC, "--version"])
        command = Path(installed.python).parent / "personalize-local"
        self.assertEqual(printed_by([str(command), "--version"]), expected)
        self.assertEqual(printed_by([installed.python, "-m", "personalize_local", "--version"]), expected)
        refused = run([str(command), "--prot", "1"])
        self.assertEqual(refused.returncode, 2)
        self.assertIn("did you mean --port?", refused.stderr)

    def test_the_options_of_start_are_the_flags_of_the_program(self):
        flags = set(re.findall(r"^  --([a-z0-9-]+) [A-Z]+ ", printed_by([STATIC, "--help"]), re.M)) - {"end-with"}
        options = set(inspect.signature(package().start).parameters) - {"program", "image", "start_timeout"}
        self.assertEqual({name.replace("_", "-") for name in options}, flags)

    def test_mypy_finds_no_problem(self):
        if not shutil.which("mypy"):
            self.skipTest("not installed: mypy")
        sources = f"{TOP}/server/package/python/personalize_local"
        flags = ["--strict", "--no-warn-return-any", "--cache-dir", os.devnull]  # answers are JSON
        done = run(["mypy", *flags, "--python-executable", installed.python, sources])
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


class Calls(Case):
    def test_the_clock_moves_when_the_test_says_so(self):
        server = self.started(fixtures_json=WORLD, in_progress="2h")
        client = self.client_of(server)
        noon = datetime.datetime(2026, 12, 24, 12, tzinfo=datetime.timezone.utc)
        self.assertEqual(server.clock.freeze(noon)["now"][:19], "2026-12-24T12:00:00")
        arn = client.create_batch_inference_job(**job_named("nightly", server))["batchInferenceJobArn"]
        self.assertEqual(arn, server.arn("batch-inference-job/nightly"))

        def status():
            return client.describe_batch_inference_job(batchInferenceJobArn=arn)["batchInferenceJob"]["status"]

        for by in (1.5, "30m", datetime.timedelta(minutes=60)):
            server.clock.advance(by)
            self.assertEqual(status(), "IN PROGRESS", by)
        server.clock.advance_until_idle()
        self.assertEqual(status(), "ACTIVE")
        self.assertEqual(server.clock.run(60)["speed"], 60)
        self.assertEqual(server.clock.set({"mode": "frozen"})["mode"], "frozen")
        self.assertEqual(server.clock.get()["mode"], "frozen")
        with self.assertRaisesRegex(ValueError, "time zone"):
            server.clock.freeze(datetime.datetime(2026, 1, 1))

    def test_rules_make_requests_fail(self):
        import botocore.exceptions

        server = self.started()
        client = self.client_of(server)
        error = {"type": "ThrottlingException", "message": "Rate exceeded"}
        (rule,) = server.rules.add({"match": {"operation": "List*"}, "times": 1, "error": error})
        with self.assertRaisesRegex(botocore.exceptions.ClientError, "ThrottlingException"):
            client.list_solutions()
        self.assertEqual(client.list_solutions()["solutions"], [])
        self.assertEqual([(each["id"], each["fired"]) for each in server.rules.list()], [(rule["id"], 1)])
        replaced = server.rules.replace([{"match": {}, "delay": "0s"}, {"id": "second", "match": {}, "delay": "0s"}])
        server.rules.remove("second")
        self.assertEqual([each["id"] for each in server.rules.list()], [replaced[0]["id"]])
        server.rules.clear()
        self.assertEqual(server.rules.list(), [])

    def test_statuses_change_and_can_be_waited_for(self):
        server = self.started(fixtures_json=WORLD, progression="manual")
        client = self.client_of(server)
        arn = client.create_batch_inference_job(**job_named("one", server))["batchInferenceJobArn"]
        self.assertEqual(server.transition(arn)["status"], "IN PROGRESS")
        server.transition(arn, to="CREATE FAILED", failure_reason="No objects found")
        self.assertEqual(server.wait(arn, timeout=30)["status"], "CREATE FAILED")
        self.assertEqual([each["status"] for each in server.history(arn)], ["PENDING", "IN PROGRESS", "CREATE FAILED"])
        with self.assertRaises(package().ControlError) as caught:
            server.wait(arn, "ACTIVE", timeout="1s")
        self.assertEqual(caught.exception.status, 409)
        server.transition(arn, to="ACTIVE", force=True)
        changed = server.lifecycle.set({"default": {"progression": "immediate"}})
        self.assertEqual(server.lifecycle.get(), changed)
        self.assertEqual(server.quotas.set({"mode": "aws"}), server.quotas.get())

    def test_rows_events_requests_and_the_state(self):
        server = self.started(fixtures_json=WORLD)
        items = server.arn("dataset/club/ITEMS")
        self.assertEqual(server.data.replace(items, "ITEM_ID,GENRES,CREATION_TIMESTAMP\nfilm-1,,1\n")["rows"], 1)
        server.data.add(items, [{"ITEM_ID": "film-2", "CREATION_TIMESTAMP": 1}])
        page = server.data.get(items, limit=1)
        self.assertEqual([row["ITEM_ID"] for row in page["rows"]], ["film-1"])
        self.assertEqual(len(server.data.get(items, after=page["next"])["rows"]), 1)
        self.assertEqual(server.events.list(limit=5), [])
        server.events.clear()
        self.client_of(server).list_solutions()
        self.assertEqual(server.requests("ListSolutions", limit=1)["requests"][0]["operation"], "ListSolutions")
        server.clear_requests()
        self.assertEqual(server.requests()["requests"], [])
        state = server.state.get(data=False)
        server.reset(fixtures=False)
        self.assertEqual(server.health()["resources"], {})
        server.state.replace(state)
        server.state.add(json.dumps({"solutionVersion": {"solutionVersionArn": f"{ARN}solution/other/1a2b3c4d"}}))
        self.assertEqual(server.health()["resources"]["solutionVersions"], 2)
        server.reset()
        self.assertEqual(server.health()["resources"]["solutionVersions"], 1)
        self.assertRegex(server.call("GET", "metrics"), "^# HELP ")

    def test_models_are_trained_and_explained(self):
        server = self.started(fixtures=TOP / "fixtures")
        solution = server.arn("solution/shop-for-you/11aa22bb")
        self.assertEqual(server.train(solution)["arn"], solution)
        question = {"campaignArn": server.arn("campaign/shop-for-you"), "userId": "user-1"}
        self.assertTrue(server.explain({"operation": "GetRecommendations", "input": question})["items"])

    def test_tenants_see_nothing_of_each_other(self):
        server = self.started(fixtures_json=WORLD)
        one, other = server.tenant(), server.tenant("111122223333")
        self.assertRegex(one.account, r"^\d{12}$")
        self.client_of(one).create_batch_inference_job(**job_named("nightly", one))
        self.assertEqual(one.requests()["counts"], {"CreateBatchInferenceJob": 1})
        self.assertEqual(other.requests()["counts"], {})
        self.assertEqual(other.env["AWS_ACCESS_KEY_ID"], "111122223333")
        self.assertEqual(other.env["AWS_ENDPOINT_URL_PERSONALIZE"], server.endpoint)

    def test_a_server_with_https_has_both_addresses(self):
        with tempfile.TemporaryDirectory() as home, unittest.mock.patch.dict(os.environ, XDG_DATA_HOME=home):
            server = self.started(tls_cert="auto", tls_port=0, host=["0.0.0.0"])
        self.assertRegex(server.endpoint, r"^http://127\.0\.0\.1:\d+$")
        self.assertRegex(server.https_endpoint, r"^https://127\.0\.0\.1:\d+$")


class Processes(Case):
    def test_a_start_that_fails_says_why(self):
        with tempfile.TemporaryDirectory() as folder:
            bad, silent = Path(folder, "bad.json"), Path(folder, "silent")
            bad.write_text('{"batchInferenceJob": {"status": "ACTIVE"}}')
            silent.write_text("#!/bin/sh\necho $$ >&2\nexec sleep 600\n")
            silent.chmod(0o755)
            cases = [
                ({"calls": 0}, 2, r"exit code 2\n.*--calls"),
                ({"fixtures": bad}, 2, "bad.json"),
                ({"program": "/no/such/program"}, None, "No such file"),
                ({"program": str(silent), "start_timeout": 0.5}, None, r"not ready within 0.5 seconds\n\d+"),
                ({"program": "/bin/true"}, 0, "exit code 0"),
            ]
            for options, exit_code, message in cases:
                with self.subTest(options=options), self.assertRaisesRegex(package().StartError, message) as caught:
                    package().start(**options)
                self.assertEqual(caught.exception.exit_code, exit_code)
        with self.assertRaisesRegex(ValueError, "write it to a file, and give the path as fixtures"):
            package().start(fixtures_json={"long": "x" * 200_000})

    def test_a_stopped_server_is_gone(self):
        with package().start() as server:
            server.rules.list()
        server.stop()
        self.assertIn('operation="GET /_local/rules" status=200', server.log)
        with self.assertRaises(package().ControlError) as caught:
            server.health()
        self.assertIsNone(caught.exception.status)

    def test_the_server_ends_with_its_parent(self):
        text = (
            "import os, personalize_local, time; server = personalize_local.start();"
            "print(open(f'/proc/self/task/{os.getpid()}/children').read(), flush=True);"
        )
        command = [installed.python, "-c", text + "time.sleep(600)"]
        parent = subprocess.Popen(command, env=clean_environment(), stdout=subprocess.PIPE, text=True)
        self.addCleanup(parent.wait)
        with parent.stdout as output:
            pid = int(output.readline())
        self.assertTrue(is_running(pid))
        parent.send_signal(signal.SIGKILL)
        until("the end of the server", lambda: not is_running(pid))
        ended = script(text)
        self.assertEqual((ended.returncode, ended.stderr), (0, ""))
        self.assertFalse(is_running(int(ended.stdout)))

    def test_a_fork_of_the_parent_does_not_keep_the_server(self):
        text = (
            "import os, personalize_local, time; server = personalize_local.start(); child = os.fork()\n"
            "if not child: time.sleep(600)\n"
            "began = time.monotonic(); server.stop(); print(time.monotonic() - began); os.kill(child, 9)"
        )
        ended = script(text)
        self.assertEqual((ended.returncode, ended.stderr), (0, ""))
        self.assertLess(float(ended.stdout), 10)

    def test_an_interrupt_from_the_terminal_does_not_end_the_server_before_the_tests_do(self):
        text = (
            "import os, personalize_local, signal\n"
            "server = personalize_local.start()\n"
            "try: os.kill(0, signal.SIGINT); signal.pause()\n"  # the whole process group, as a terminal does
            "except KeyboardInterrupt: print(server.health()['ready']); server.stop()"
        )
        done = run(["setsid", "--wait", installed.python, "-c", text])
        self.assertEqual(done.stdout, "True\n", done.stderr)

    def test_a_variable_names_a_server_that_runs_already(self):
        sidecar = self.started(fixtures_json=WORLD)
        text = (
            "import personalize_local; server = personalize_local.start(progression='calls', region='us-east-1');"
            "print(server.endpoint, server.tenant().health()['resources']['solutionVersions']); server.stop()"
        )
        env = clean_environment(PERSONALIZE_LOCAL_ENDPOINT=sidecar.endpoint + "/")
        done = script(text, env=env)
        self.assertEqual((done.returncode, done.stdout), (0, f"{sidecar.endpoint} 1\n"), done.stderr)
        self.assertIn("these options do not reach it: progression", done.stderr)
        sidecar.health()
        sidecar.stop()
        gone = script(text, env=env)
        self.assertRegex(gone.stderr, "StartError: .*ENDPOINT is http:.*, and no server is ready there")


class Containers(Case):
    """The wheel without a program, as on macOS and Windows."""

    pure = None

    def setUp(self):
        if not Containers.pure:
            Containers.pure = installed.environment("pure", installed.wheels["any"])
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.state, self.bin = Path(folder.name, "state"), Path(folder.name, "bin")
        self.state.mkdir()
        self.bin.mkdir()

    def surroundings(self, *engines, fault="", **more):
        for name in engines:
            stand_in = f"'{shutil.which('node')}' '{SDK}/support/stand_ins/engine.mjs'"
            (self.bin / name).write_text(f'#!/bin/sh\nSTAND_IN_NAME="$0" exec {stand_in} "$@"\n')
            (self.bin / name).chmod(0o755)
        standing = {"STAND_IN_STATE": str(self.state), "STAND_IN_PORT": "7377", "STAND_IN_FAULT": fault}
        return clean_environment(PATH=str(self.bin), PLOCAL_BINARY=STATIC, **standing, **more)

    def start(self, options, env):
        text = f"import personalize_local as p\nwith p.start({options}) as s: print(s.health()['resources'])"
        return script(text, self.pure, env=env)

    def test_the_image_runs_by_docker_or_podman(self):
        fixtures = TOP / "docker/examples/fixtures"
        for engine in ("docker", "podman"):
            done = self.start(f"fixtures={str(fixtures)!r}, calls=3", self.surroundings(engine))
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("'batchInferenceJobs': 2", done.stdout)
            asked = json.loads((self.state / "run.json").read_text())
            self.assertEqual(asked["image"], f"personalize-local:{Wheels.version(self)}")
            self.assertEqual(asked["volume"], [f"{fixtures}:/mounted/0/fixtures:ro"])
            self.assertEqual(
                asked["args"], ["--port=7377", "--end-with=stdin", "--fixtures=/mounted/0/fixtures", "--calls=3"]
            )
            until("the end of the container", lambda: not is_running((self.state / "pid").read_text()))
            (self.bin / engine).unlink()
        commands = (self.state / "commands").read_text().split("\n")
        self.assertEqual(commands[3:6], ["podman info", "podman run", "podman port"])

    def test_what_a_container_cannot_be_given_is_refused(self):
        env = self.surroundings("docker", PERSONALIZE_LOCAL_IMAGE="registry/personalize-local:2")
        self.assertEqual(self.start("port=7400", env).returncode, 0)
        asked = json.loads((self.state / "run.json").read_text())
        self.assertEqual((asked["image"], asked["publish"]), ("registry/personalize-local:2", ["127.0.0.1:7400:7377"]))
        for options, message in (
            ("db='x.db'", "which cannot be given db"),
            ("s3='objects'", "which cannot be given a folder as s3: give an endpoint"),
            ("fixtures='no/such'", "there is no file or folder no/such"),
            ("calls=0", r"exit code 2\n.*--calls"),
        ):
            done = self.start(options, env)
            self.assertEqual(done.returncode, 1, options)
            self.assertRegex(done.stderr, message)

    def test_one_sentence_says_what_is_missing(self):
        none = self.start("", self.surroundings())
        self.assertRegex(none.stderr, "there is no program for linux-.*, but neither docker nor podman is installed")
        silent = self.start("", self.surroundings("docker", fault="Cannot connect to the Docker daemon"))
        self.assertRegex(silent.stderr, r"but docker does not work \(Cannot connect to the Docker daemon\): start it")
        command = run([str(Path(self.pure).parent / "personalize-local"), "--version"])
        self.assertEqual(command.returncode, 1)
        self.assertRegex(command.stderr, "^personalize-local: there is no program for linux-")


class Pytest(Case):
    def suite(self, change=lambda text: text, *arguments, env=None):
        """Runs the tests of the example, after `change` has edited their settings."""
        with tempfile.TemporaryDirectory() as folder:
            for name in ("conftest.py", "nightly.py", "test_nightly.py"):
                text = (TOP / "docker/examples/pytest" / name).read_text()
                Path(folder, name).write_text(change(text) if name == "conftest.py" else text)
            command = [installed.python, "-m", "pytest", "-p", "no:cacheprovider", *arguments]
            return run(command, cwd=folder, env=env or clean_environment())

    def test_the_example_passes_and_fails_if_the_service_behaves_differently(self):
        passed = self.suite()
        self.assertRegex(passed.stdout, "4 passed", passed.stderr)
        failed = self.suite(lambda text: text.replace('"in_progress": "1h"', '"in_progress": "8h"'))
        self.assertEqual(failed.returncode, 1)
        self.assertRegex(failed.stdout, "3 failed, 1 passed")

    def test_the_example_passes_in_parallel_and_beside_a_server_that_runs_already(self):
        if run([installed.python, "-c", "import xdist"]).returncode:
            self.skipTest("not installed: pytest-xdist")
        passed = self.suite(lambda text: text, "-n", "3")
        self.assertRegex(passed.stdout, "4 passed", passed.stderr)
        sidecar = self.started(
            clock="frozen",
            in_progress="1h",
            fixtures_json={"solutionVersion": {"solutionVersionArn": f"{ARN}solution/movies/0a1b2c3d"}},
        )
        shared = self.suite(
            lambda text: text, "-n", "3", env=clean_environment(PERSONALIZE_LOCAL_ENDPOINT=sidecar.endpoint)
        )
        self.assertRegex(shared.stdout, "4 passed", shared.stderr)
        until("all its requests", lambda: sidecar.log.count(" operation=CreateBatchInferenceJob ") == 5)
        self.assertEqual(sidecar.health()["resources"], {"solutionVersions": 1}, "each test leaves nothing behind")


if __name__ == "__main__":
    reason = reason_to_skip()
    if reason:
        print(f"skipped: {reason}")
        sys.exit(77)
    unittest.main()
