package software.amazon.awssdk.regions;

public record Region(String id) {
    public static final Region US_EAST_1 = new Region("us-east-1");

    public static Region of(String id) {
        return new Region(id);
    }
}
