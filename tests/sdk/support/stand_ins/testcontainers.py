"""A stand-in for the package testcontainers: a container is the program itself, with the given variables."""

import os
import re
import subprocess


class DockerContainer:
    def __init__(self, image):
        assert image == os.environ["STAND_IN_IMAGE"], image
        self.env = {}
        self.ports = []

    def with_env(self, name, value):
        self.env[name] = value
        return self

    def with_exposed_ports(self, *ports):
        self.ports += ports
        return self

    def start(self):
        command = [os.environ["PLOCAL_BINARY"], "--port", "0"]
        self.server = subprocess.Popen(command, env=self.env, stdout=subprocess.PIPE, text=True)
        return self

    def get_container_host_ip(self):
        return "127.0.0.1"

    def get_exposed_port(self, port):
        assert port in self.ports, f"port {port} is not exposed"
        assert port == int(os.environ["STAND_IN_PORT"]), "nothing listens there"
        return self.port

    def stop(self):
        self.server.terminate()
        self.server.wait()
        self.server.stdout.close()


def wait_for_logs(container, predicate, timeout):
    line = container.server.stdout.readline()  # the program prints only one
    if not re.search(predicate, line):
        raise TimeoutError(f"the container does not say {predicate}")
    container.port = int(re.search(r":(\d+) \(db", line).group(1))
