package org.testcontainers.utility;

import java.nio.file.Path;

public record MountableFile(Path path, int mode) {
    public static MountableFile forHostPath(Path path, Integer mode) {
        return new MountableFile(path, mode);
    }
}
