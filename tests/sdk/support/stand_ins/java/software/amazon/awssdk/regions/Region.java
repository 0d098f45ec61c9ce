package software.amazon.awssdk.regions;

public record Region(String id) {
    public static Region of(String id) {
        return new Region(id);
    }
}
