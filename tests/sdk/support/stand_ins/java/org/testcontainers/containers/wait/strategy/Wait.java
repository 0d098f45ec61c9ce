package org.testcontainers.containers.wait.strategy;

public final class Wait {
    private Wait() {}

    public record LogMessage(String pattern) {}

    public static LogMessage forLogMessage(String pattern, int times) {
        if (times != 1) throw new IllegalArgumentException("the line is printed once");
        return new LogMessage(pattern);
    }
}
