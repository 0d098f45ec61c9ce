package software.amazon.awssdk.awscore.client.builder;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.regions.Region;

public interface AwsClientBuilder<BuilderT extends AwsClientBuilder<BuilderT, ClientT>, ClientT> {
    BuilderT endpointOverride(URI endpoint);

    BuilderT region(Region region);

    BuilderT credentialsProvider(AwsCredentialsProvider credentials);

    ClientT build();
}
