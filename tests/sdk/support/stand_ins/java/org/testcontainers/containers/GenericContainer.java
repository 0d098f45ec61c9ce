package org.testcontainers.containers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/** A stand-in for a container: the program itself, at a free port, with the files that would have been copied. */
public class GenericContainer<SELF extends GenericContainer<SELF>> {
    private static final int PORT = Integer.parseInt(System.getenv("STAND_IN_PORT"));

    private final Map<String, String> env = new HashMap<>();
    private final Map<String, String> copied = new HashMap<>();
    private String expectedLine;
    private boolean isExposed;
    private Process process;
    private String log = "";

    public GenericContainer(DockerImageName image) {
        require(image.name().equals(System.getenv("STAND_IN_IMAGE")), "there is no image " + image.name());
    }

    @SuppressWarnings("unchecked")
    private SELF self() {
        return (SELF) this;
    }

    private static void require(boolean isTrue, String what) {
        if (!isTrue) throw new IllegalStateException(what);
    }

    public SELF withEnv(String name, String value) {
        env.put(name, value);
        return self();
    }

    public SELF withExposedPorts(Integer... ports) {
        require(ports.length == 1 && ports[0] == PORT, "the image listens on " + PORT);
        isExposed = true;
        return self();
    }

    public SELF withCopyFileToContainer(MountableFile file, String path) {
        require((file.mode() & 0444) == 0444, "the user of the image could not read " + path);
        copied.put(path, file.path().toAbsolutePath().toString());
        return self();
    }

    public SELF waitingFor(Wait.LogMessage line) {
        expectedLine = line.pattern();
        return self();
    }

    public void start() {
        var builder = new ProcessBuilder(System.getenv("PLOCAL_BINARY"), "--port", "0");
        builder.environment().clear();
        env.forEach((name, value) -> builder.environment().put(name, outside(value)));
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            process = builder.start();
            var line = new BufferedReader(new InputStreamReader(process.getInputStream())).readLine();
            log = line + "\n";
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
        require(log.matches(expectedLine), "the log is " + log);
    }

    /** A value with the paths of the files that were copied instead of those inside. */
    private String outside(String value) {
        for (var each : copied.entrySet()) value = value.replace(each.getKey(), each.getValue());
        return value;
    }

    public void stop() {
        if (process == null) return;
        process.destroy();
        try {
            require(process.waitFor() == 0, "the server ended badly");
        } catch (InterruptedException error) {
            throw new IllegalStateException(error);
        }
    }

    public String getHost() {
        return "localhost";
    }

    public Integer getMappedPort(int port) {
        require(isExposed && port == PORT, port + " is not exposed");
        return Integer.valueOf(log.replaceAll("(?s).* ready on http://\\S+:(\\d+) .*", "$1"));
    }

    public String getLogs() {
        return log;
    }
}
