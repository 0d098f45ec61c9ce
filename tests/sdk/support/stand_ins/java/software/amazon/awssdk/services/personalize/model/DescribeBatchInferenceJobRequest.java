package software.amazon.awssdk.services.personalize.model;

public final class DescribeBatchInferenceJobRequest {
    private DescribeBatchInferenceJobRequest() {}

    public static class Builder {
        private String arn;

        public Builder batchInferenceJobArn(String arn) {
            this.arn = arn;
            return this;
        }

        public String json() {
            return "{\"batchInferenceJobArn\": \"" + arn + "\"}";
        }
    }
}
