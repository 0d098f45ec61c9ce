// Tests a polling loop in Java against its own container. Test dependencies: org.junit.jupiter:junit-jupiter,
// org.testcontainers:junit-jupiter and software.amazon.awssdk:personalize.
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.personalize.PersonalizeClient;
import software.amazon.awssdk.services.personalize.model.BatchInferenceJob;

@Testcontainers
class PersonalizeContainerTest {
    // `./dev image` builds this image. If you push it to a registry, put the name of the registry before it.
    private static final String IMAGE = "personalize-local:latest";

    private static final String JOB = "arn:aws:personalize:us-east-1:000000000000:batch-inference-job/nightly";

    // Each Describe call sees the next status, so the test does not wait.
    private static final String FIXTURES = """
            {
              "batchInferenceJob": {
                "batchInferenceJobArn": "arn:aws:personalize:us-east-1:000000000000:batch-inference-job/nightly",
                "_local": {
                  "progression": "calls",
                  "calls": 1,
                  "outcome": "CREATE FAILED",
                  "failureReason": "Invalid S3 input path"
                }
              }
            }
            """;

    // Wait for the log. Waiting for the port needs a shell, and the image has none.
    @Container
    private static final GenericContainer<?> CONTAINER = new GenericContainer<>(DockerImageName.parse(IMAGE))
            .withEnv("PERSONALIZE_LOCAL_FIXTURES_JSON", FIXTURES)
            .withExposedPorts(7377)
            .waitingFor(Wait.forLogMessage(".*ready on.*\\n", 1));

    @Test
    void aFailedJobHasAReason() {
        var endpoint = URI.create("http://" + CONTAINER.getHost() + ":" + CONTAINER.getMappedPort(7377));
        var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
        List<BatchInferenceJob> seen = new ArrayList<>();
        try (var personalize = PersonalizeClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .build()) {
            while (seen.isEmpty() || !seen.get(seen.size() - 1).status().equals("CREATE FAILED")) {
                seen.add(personalize.describeBatchInferenceJob(request -> request.batchInferenceJobArn(JOB))
                        .batchInferenceJob());
            }
        }
        assertEquals(
                List.of("PENDING", "IN PROGRESS", "CREATE FAILED"),
                seen.stream().map(BatchInferenceJob::status).toList());
        assertEquals("Invalid S3 input path", seen.get(seen.size() - 1).failureReason());
    }
}
