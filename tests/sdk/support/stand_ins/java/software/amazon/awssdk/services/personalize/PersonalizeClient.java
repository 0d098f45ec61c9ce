package software.amazon.awssdk.services.personalize;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.function.Consumer;
import software.amazon.awssdk.services.personalize.model.DescribeBatchInferenceJobRequest;
import software.amazon.awssdk.services.personalize.model.DescribeBatchInferenceJobResponse;

/** A stand-in for the client: its requests go to the real server, and have the key and region of the builder. */
public class PersonalizeClient implements AutoCloseable {
    private static final int ATTEMPTS = 4;

    private final PersonalizeClientBuilder settings;

    PersonalizeClient(PersonalizeClientBuilder settings) {
        this.settings = settings;
    }

    public static PersonalizeClientBuilder builder() {
        return new PersonalizeClientBuilder();
    }

    public DescribeBatchInferenceJobResponse describeBatchInferenceJob(
            Consumer<DescribeBatchInferenceJobRequest.Builder> configure) {
        var builder = new DescribeBatchInferenceJobRequest.Builder();
        configure.accept(builder);
        return new DescribeBatchInferenceJobResponse(send("DescribeBatchInferenceJob", builder.json()));
    }

    private String send(String operation, String body) {
        var scope = settings.credentials.credentials().accessKeyId() + "/20260101/" + settings.region.id();
        var request = HttpRequest.newBuilder(settings.endpoint)
                .header("Content-Type", "application/x-amz-json-1.1")
                .header("X-Amz-Target", "AmazonPersonalize." + operation)
                .header("X-Amz-Date", "20260101T000000Z")
                .header("Authorization", "AWS4-HMAC-SHA256 Credential=" + scope
                        + "/personalize/aws4_request, SignedHeaders=host;x-amz-date, Signature=0")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = null;
            for (int attempt = 0; attempt < ATTEMPTS; ++attempt) {
                response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
                if (!response.body().contains("ThrottlingException")) break;
            }
            if (response.statusCode() != 200) throw new IllegalStateException(response.body());
            return response.body();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        } catch (InterruptedException error) {
            throw new IllegalStateException(error);
        }
    }

    @Override
    public void close() {}
}
