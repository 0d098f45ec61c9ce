"""What the release sets: the version of the package, and the image of the same version."""

VERSION = "0.0.0"
IMAGE = "personalize-local:0.0.0"
