package software.amazon.awssdk.services.personalize;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;

public class PersonalizeClientBuilder implements AwsClientBuilder<PersonalizeClientBuilder, PersonalizeClient> {
    URI endpoint;
    Region region;
    AwsCredentialsProvider credentials;

    @Override
    public PersonalizeClientBuilder endpointOverride(URI endpoint) {
        this.endpoint = endpoint;
        return this;
    }

    @Override
    public PersonalizeClientBuilder region(Region region) {
        this.region = region;
        return this;
    }

    @Override
    public PersonalizeClientBuilder credentialsProvider(AwsCredentialsProvider credentials) {
        this.credentials = credentials;
        return this;
    }

    @Override
    public PersonalizeClient build() {
        return new PersonalizeClient(this);
    }
}
