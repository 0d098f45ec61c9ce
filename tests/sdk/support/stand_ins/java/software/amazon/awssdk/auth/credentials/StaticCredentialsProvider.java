package software.amazon.awssdk.auth.credentials;

public record StaticCredentialsProvider(AwsBasicCredentials credentials) implements AwsCredentialsProvider {
    public static StaticCredentialsProvider create(AwsBasicCredentials credentials) {
        return new StaticCredentialsProvider(credentials);
    }
}
