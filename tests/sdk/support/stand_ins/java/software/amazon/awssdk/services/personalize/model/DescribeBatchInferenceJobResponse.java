package software.amazon.awssdk.services.personalize.model;

public record DescribeBatchInferenceJobResponse(BatchInferenceJob batchInferenceJob) {
    public DescribeBatchInferenceJobResponse(String json) {
        this(new BatchInferenceJob(member(json, "status"), member(json, "failureReason")));
    }

    private static String member(String json, String name) {
        var marked = json.split("\"" + name + "\":\"");
        return marked.length < 2 ? null : marked[1].substring(0, marked[1].indexOf('"'));
    }
}
