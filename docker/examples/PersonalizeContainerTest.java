// Tests a polling loop in Java against its own container, with PersonalizeLocalContainer.java beside this file. Test
// dependencies: org.junit.jupiter:junit-jupiter, org.testcontainers:junit-jupiter and software.amazon.awssdk:personalize.
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import software.amazon.awssdk.services.personalize.PersonalizeClient;
import software.amazon.awssdk.services.personalize.model.BatchInferenceJob;

@Testcontainers
class PersonalizeContainerTest {
    private static final String FIXTURES = """
            {
              "batchInferenceJob": {
                "batchInferenceJobArn": "arn:aws:personalize:us-east-1:000000000000:batch-inference-job/nightly",
                "_local": {"inProgress": "1h", "outcome": "CREATE FAILED", "failureReason": "Invalid S3 input path"}
              }
            }
            """;

    // `./dev image` builds the image personalize-local:latest, which listens on port 7377. If you push it to a registry,
    // give its name there to the constructor. The options are PERSONALIZE_LOCAL_CLOCK and so on inside.
    @Container
    private static final PersonalizeLocalContainer PERSONALIZE =
            new PersonalizeLocalContainer().with("clock", "frozen").withFixturesJson(FIXTURES);

    /** The application: it polls until the job has ended. Between two polls it calls `pause`. */
    private static List<BatchInferenceJob> poll(PersonalizeClient client, String arn, Runnable pause) {
        List<BatchInferenceJob> seen = new ArrayList<>();
        while (true) {
            var job = client.describeBatchInferenceJob(request -> request.batchInferenceJobArn(arn))
                    .batchInferenceJob();
            seen.add(job);
            if (List.of("ACTIVE", "CREATE FAILED").contains(job.status())) return seen;
            pause.run();
        }
    }

    @Test
    void aFailedJobHasAReason() {
        var tenant = PERSONALIZE.tenant(); // an account of its own, so that tests can run at the same time
        var arn = tenant.arn("batch-inference-job/nightly");
        try (var client = tenant.clientConfig(PersonalizeClient.builder()).build()) {
            var seen = poll(client, arn, () -> tenant.clock().advance(Duration.ofMinutes(30)));
            assertEquals(
                    List.of("PENDING", "IN PROGRESS", "IN PROGRESS", "CREATE FAILED"),
                    seen.stream().map(BatchInferenceJob::status).toList());
            assertEquals("Invalid S3 input path", seen.get(3).failureReason());
        }
    }

    @Test
    void aThrottledPollIsRepeated() {
        var tenant = PERSONALIZE.tenant();
        var arn = tenant.arn("batch-inference-job/nightly");
        tenant.rules().add(Map.of(
                "match", Map.of("operation", "DescribeBatchInferenceJob"),
                "times", 2,
                "error", Map.of("type", "ThrottlingException", "message", "Rate exceeded")));
        tenant.transition(arn, Map.of("to", "ACTIVE"));
        try (var client = tenant.clientConfig(PersonalizeClient.builder()).build()) {
            poll(client, arn, () -> {});
        }
        assertEquals(Map.of("DescribeBatchInferenceJob", 3L), tenant.requests().get("counts"));
    }
}
