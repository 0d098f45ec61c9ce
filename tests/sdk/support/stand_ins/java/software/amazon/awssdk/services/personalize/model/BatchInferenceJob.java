package software.amazon.awssdk.services.personalize.model;

public record BatchInferenceJob(String status, String failureReason) {}
