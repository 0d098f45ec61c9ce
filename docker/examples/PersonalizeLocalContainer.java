// A local Amazon Personalize in a container, and what tests do to it. Copy this file beside your tests. It needs Java 17,
// org.testcontainers:testcontainers and software.amazon.awssdk:aws-core. The calls have the names of the npm and pip
// packages: docs/testing.md lists them.
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;

/**
 * A server in a container. If the variable PERSONALIZE_LOCAL_ENDPOINT is set, it is the server that runs there already,
 * such as the service of a CI job: then nothing is started, and the options do not reach it.
 */
public class PersonalizeLocalContainer extends GenericContainer<PersonalizeLocalContainer>
        implements PersonalizeLocalCalls {
    private static final int PORT = 7377;

    private final String running = System.getenv("PERSONALIZE_LOCAL_ENDPOINT");
    private final List<String> fixtures = new ArrayList<>();
    private String region = "us-east-1";
    private String account = "000000000000";

    public PersonalizeLocalContainer() {
        // `./dev image` builds this image. If you push it to a registry, give its name there to the other constructor.
        this("personalize-local:latest");
    }

    public PersonalizeLocalContainer(String image) {
        super(DockerImageName.parse(image));
        withExposedPorts(PORT);
        // Wait for the log. Waiting for the port needs a shell, and the image has none.
        waitingFor(Wait.forLogMessage(".*ready on.*\\n", 1));
    }

    /** An option of the server: a flag by its name, `with("inProgress", "20m")`. A list repeats the flag. */
    public PersonalizeLocalContainer with(String option, Object value) {
        if (option.equals("region")) region = value.toString();
        if (option.equals("account")) account = value.toString();
        var text = value instanceof List<?> several
                ? several.stream().map(Object::toString).collect(Collectors.joining(","))
                : value.toString();
        var name = option.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
        return withEnv("PERSONALIZE_LOCAL_" + name, value instanceof Map ? Json.write(value) : text);
    }

    /** A file with resources that exist at the start, or a folder of `*.json`. */
    public PersonalizeLocalContainer withFixtures(Path path) {
        var inside = "/fixtures/" + fixtures.size() + "/" + path.getFileName();
        fixtures.add(inside);
        withCopyFileToContainer(MountableFile.forHostPath(path, 0755), inside); // for the user of the image
        return with("fixtures", fixtures);
    }

    /** One document with resources that exist at the start: a map, or JSON as a text. */
    public PersonalizeLocalContainer withFixturesJson(Object document) {
        return with("fixturesJson", document);
    }

    @Override
    public void start() {
        if (running == null) super.start();
        else health();
    }

    @Override
    public String endpoint() {
        return running != null ? running.replaceAll("/$", "") : "http://" + getHost() + ":" + getMappedPort(PORT);
    }

    @Override
    public String region() {
        return region;
    }

    @Override
    public String account() {
        return account;
    }

    /** The end of what the server has written. */
    public String log() {
        return running != null ? "" : getLogs();
    }

    /** A fresh account with its own copy of the fixtures, and its own clock, rules and journal. */
    public Tenant tenant() {
        return tenant(String.valueOf(ThreadLocalRandom.current().nextLong(100_000_000_000L, 1_000_000_000_000L)));
    }

    public Tenant tenant(String account) {
        var tenant = new Tenant(endpoint(), region, account);
        tenant.reset();
        return tenant;
    }

    /** One account of a server. */
    public record Tenant(String endpoint, String region, String account) implements PersonalizeLocalCalls {
        @Override
        public String accessKey() {
            return account;
        }

        @Override
        public Object call(String method, String path, Map<String, ?> query, Object body) {
            var narrowed = new TreeMap<String, Object>(query);
            narrowed.put("account", account);
            return PersonalizeLocalCalls.super.call(method, path, narrowed, body);
        }
    }

    /** The server refused a call, or did not answer it: then `status` is 0. */
    @SuppressWarnings("serial")
    public static class ControlError extends RuntimeException {
        public final int status;
        public final Object answer;

        ControlError(String call, int status, Object answer, Throwable cause) {
            super(call + ": " + (status == 0 ? cause : status + ", " + reason(answer)), cause);
            this.status = status;
            this.answer = answer;
        }

        private static Object reason(Object answer) {
            return answer instanceof Map<?, ?> map && map.containsKey("error") ? map.get("error") : answer;
        }
    }

    /** A setting that can be read and replaced. */
    public record Setting(PersonalizeLocalCalls calls, String path) {
        public Map<String, Object> get() {
            return Json.object(calls.call("GET", path));
        }

        public Map<String, Object> set(Object setting) {
            return Json.object(calls.call("PUT", path, Map.of(), setting));
        }
    }

    public record Clock(PersonalizeLocalCalls calls) {
        public Map<String, Object> get() {
            return new Setting(calls, "clock").get();
        }

        public Map<String, Object> set(Object clock) {
            return new Setting(calls, "clock").set(clock);
        }

        public Map<String, Object> freeze() {
            return set(Map.of("mode", "frozen"));
        }

        public Map<String, Object> freeze(Instant now) {
            return set(Map.of("mode", "frozen", "now", now.toString()));
        }

        /** Lets the clock run, so many times as fast as real time. */
        public Map<String, Object> run(double speed) {
            return set(Map.of("mode", "real", "speed", speed));
        }

        public Map<String, Object> advance(Duration by) {
            return Json.object(calls.call("POST", "clock/advance", Map.of(), Map.of("by", by.toMillis() + "ms")));
        }

        /** Moves the clock to the moment when no resource has a timed change of its status left. */
        public Map<String, Object> advanceUntilIdle() {
            return Json.object(calls.call("POST", "clock/advance", Map.of(), Map.of("until", "idle")));
        }
    }

    /** What happens to some requests. A rule is a map, or JSON as a text. */
    public record Rules(PersonalizeLocalCalls calls) {
        private List<Map<String, Object>> send(String method, Object... rules) {
            var texts = List.of(rules).stream().map(Json::write).toList();
            return Json.list(calls.call(method, "rules", Map.of(), "{\"rules\":" + texts + "}"), "rules");
        }

        public List<Map<String, Object>> list() {
            return Json.list(calls.call("GET", "rules"), "rules");
        }

        public List<Map<String, Object>> add(Object... rules) {
            return send("POST", rules);
        }

        public List<Map<String, Object>> replace(Object... rules) {
            return send("PUT", rules);
        }

        public void remove(String id) {
            calls.call("DELETE", "rules/" + PersonalizeLocalCalls.encoded(id));
        }

        public void clear() {
            calls.call("DELETE", "rules");
        }
    }

    /** Everything as a fixtures document. */
    public record State(PersonalizeLocalCalls calls) {
        public Map<String, Object> get() {
            return Json.object(calls.call("GET", "state"));
        }

        public void replace(Object document) {
            calls.call("PUT", "state", Map.of(), document);
        }

        public void add(Object document) {
            calls.call("POST", "state", Map.of(), document);
        }
    }

    /** The rows of datasets: maps by columns. */
    public record Data(PersonalizeLocalCalls calls) {
        public List<Map<String, Object>> get(String dataset) {
            return get(dataset, Map.of());
        }

        /** A page: with `limit`, `after`, `id`, `userId`, `itemId` or `actionId`. */
        public List<Map<String, Object>> get(String dataset, Map<String, ?> query) {
            var all = new TreeMap<String, Object>(query);
            all.put("dataset", dataset);
            return Json.list(calls.call("GET", "data", all, null), "rows");
        }

        public Map<String, Object> replace(String dataset, List<Map<String, Object>> rows) {
            return Json.object(calls.call("PUT", "data", Map.of("dataset", dataset), Map.of("rows", rows)));
        }

        public Map<String, Object> add(String dataset, List<Map<String, Object>> rows) {
            return Json.object(calls.call("POST", "data", Map.of("dataset", dataset), Map.of("rows", rows)));
        }
    }

    /** What Personalize Events was sent, the newest first. */
    public record Events(PersonalizeLocalCalls calls) {
        public List<Map<String, Object>> list() {
            return Json.list(calls.call("GET", "events"), "events");
        }

        public void clear() {
            calls.call("DELETE", "events");
        }
    }

    /** JSON as maps, lists, texts, numbers, booleans and null, since the JDK has no reader of its own. */
    static final class Json {
        private final String text;
        private int at;

        private Json(String text) {
            this.text = text;
        }

        /** A text is JSON already at the top, and a value inside. */
        static String write(Object value) {
            return value instanceof String json ? json : inner(value);
        }

        private static String inner(Object value) {
            if (value instanceof Map<?, ?> map) {
                return map.entrySet().stream()
                        .map(each -> quoted(each.getKey().toString()) + ":" + inner(each.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
            }
            if (value instanceof List<?> list) {
                return list.stream().map(Json::inner).collect(Collectors.joining(",", "[", "]"));
            }
            return value == null || value instanceof Number || value instanceof Boolean
                    ? String.valueOf(value)
                    : quoted(value.toString());
        }

        private static String quoted(String text) {
            var quoted = new StringBuilder("\"");
            for (char each : text.toCharArray()) {
                if (each == '"' || each == '\\') quoted.append('\\').append(each);
                else if (each < ' ') quoted.append(String.format("\\u%04x", (int) each));
                else quoted.append(each);
            }
            return quoted.append('"').toString();
        }

        static Object read(String text) {
            return new Json(text).value();
        }

        @SuppressWarnings("unchecked")
        static Map<String, Object> object(Object answer) {
            return (Map<String, Object>) answer;
        }

        @SuppressWarnings("unchecked")
        static List<Map<String, Object>> list(Object answer, String member) {
            return (List<Map<String, Object>>) object(answer).get(member);
        }

        private char next() {
            while (Character.isWhitespace(text.charAt(at))) ++at;
            return text.charAt(at);
        }

        private Object value() {
            return switch (next()) {
                case '{' -> members();
                case '[' -> elements();
                case '"' -> string();
                default -> literal();
            };
        }

        private Map<String, Object> members() {
            var members = new LinkedHashMap<String, Object>();
            for (++at; next() != '}'; at += next() == ',' ? 1 : 0) {
                var name = string();
                next();
                ++at; // the colon
                members.put(name, value());
            }
            ++at;
            return members;
        }

        private List<Object> elements() {
            var elements = new ArrayList<>();
            for (++at; next() != ']'; at += next() == ',' ? 1 : 0) elements.add(value());
            ++at;
            return elements;
        }

        private String string() {
            var string = new StringBuilder();
            for (++at; text.charAt(at) != '"'; ++at) {
                if (text.charAt(at) != '\\') {
                    string.append(text.charAt(at));
                    continue;
                }
                char escaped = text.charAt(++at);
                if (escaped == 'u') {
                    string.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
                    at += 4;
                } else {
                    int control = "bfnrt".indexOf(escaped);
                    string.append(control < 0 ? escaped : "\b\f\n\r\t".charAt(control));
                }
            }
            ++at;
            return string.toString();
        }

        private Object literal() {
            int begin = at;
            while (at < text.length() && ",]} \t\r\n".indexOf(text.charAt(at)) < 0) ++at;
            var literal = text.substring(begin, at);
            if (literal.equals("null")) return null;
            if (literal.equals("true") || literal.equals("false")) return Boolean.valueOf(literal);
            if (literal.matches("-?\\d+")) return Long.valueOf(literal);
            return Double.valueOf(literal);
        }
    }
}

/** What tests do to a server, or to one account of it, by calls under `/_local/`. Each throws ControlError. */
interface PersonalizeLocalCalls {
    /** Past proxies. */
    HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();

    String endpoint();

    String region();

    /** The account of its ARNs. */
    String account();

    /** The key of clients. A key of twelve digits narrows them to this account. */
    default String accessKey() {
        return "local";
    }

    /** Points a client to the server: `clientConfig(PersonalizeClient.builder()).build()`. */
    default <B extends AwsClientBuilder<B, C>, C> B clientConfig(B builder) {
        var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey(), "local"));
        return builder.endpointOverride(URI.create(endpoint()))
                .region(Region.of(region()))
                .credentialsProvider(credentials);
    }

    /** The same as variables of the environment, for another process. */
    default Map<String, String> env() {
        var env = new TreeMap<String, String>();
        for (var service : List.of("PERSONALIZE", "PERSONALIZE_EVENTS", "PERSONALIZE_RUNTIME")) {
            env.put("AWS_ENDPOINT_URL_" + service, endpoint());
        }
        for (var name : List.of("AWS_REGION", "AWS_DEFAULT_REGION")) env.put(name, region());
        env.put("AWS_ACCESS_KEY_ID", accessKey());
        env.put("AWS_SECRET_ACCESS_KEY", "local");
        return env;
    }

    /** The ARN of a resource: `arn("solution/movies")`. */
    default String arn(String resource) {
        return "arn:aws:personalize:" + region() + ":" + account() + ":" + resource;
    }

    default PersonalizeLocalContainer.Clock clock() {
        return new PersonalizeLocalContainer.Clock(this);
    }

    default PersonalizeLocalContainer.Rules rules() {
        return new PersonalizeLocalContainer.Rules(this);
    }

    default PersonalizeLocalContainer.Setting lifecycle() {
        return new PersonalizeLocalContainer.Setting(this, "lifecycle");
    }

    default PersonalizeLocalContainer.Setting quotas() {
        return new PersonalizeLocalContainer.Setting(this, "quotas");
    }

    default PersonalizeLocalContainer.State state() {
        return new PersonalizeLocalContainer.State(this);
    }

    default PersonalizeLocalContainer.Data data() {
        return new PersonalizeLocalContainer.Data(this);
    }

    default PersonalizeLocalContainer.Events events() {
        return new PersonalizeLocalContainer.Events(this);
    }

    /** Moves a resource one step forward. */
    default Map<String, Object> transition(String arn) {
        return transition(arn, Map.of());
    }

    /** Changes the status of a resource now: `Map.of("to", "CREATE FAILED", "failureReason", "...")`. */
    default Map<String, Object> transition(String arn, Map<String, ?> change) {
        var body = new TreeMap<String, Object>(change);
        body.put("arn", arn);
        return PersonalizeLocalContainer.Json.object(call("POST", "transition", Map.of(), body));
    }

    /** Returns when the resource has the status. The time is real time. */
    default Map<String, Object> wait(String arn, String status, Duration timeout) {
        var query = Map.of("arn", arn, "status", status, "timeout", timeout.toMillis() + "ms");
        return PersonalizeLocalContainer.Json.object(call("GET", "wait", query, null));
    }

    default List<Map<String, Object>> history(String arn) {
        return PersonalizeLocalContainer.Json.list(call("GET", "history", Map.of("arn", arn), null), "history");
    }

    /** Lets a solution version or recommender know the rows of this moment. */
    default Map<String, Object> train(String arn) {
        return PersonalizeLocalContainer.Json.object(call("POST", "train", Map.of(), Map.of("arn", arn)));
    }

    /** What the next request for recommendations would get, and why. */
    default Map<String, Object> explain(Object question) {
        return PersonalizeLocalContainer.Json.object(call("POST", "explain", Map.of(), question));
    }

    /** `requests`, the newest first, and `counts` by operation. */
    default Map<String, Object> requests() {
        return requests(Map.of());
    }

    /** The same, narrowed by `operation`, `arn` or `limit`. */
    default Map<String, Object> requests(Map<String, ?> query) {
        return PersonalizeLocalContainer.Json.object(call("GET", "requests", query, null));
    }

    default void clearRequests() {
        call("DELETE", "requests");
    }

    default Map<String, Object> health() {
        return PersonalizeLocalContainer.Json.object(call("GET", "health"));
    }

    /** Goes back to the fixtures of the start. */
    default void reset() {
        call("POST", "reset");
    }

    default Object call(String method, String path) {
        return call(method, path, Map.of(), null);
    }

    /** Any call under `/_local/`: the answer, read if it is JSON, else as text. A text as body is sent as it is. */
    default Object call(String method, String path, Map<String, ?> query, Object body) {
        var pairs = query.entrySet().stream().map(each -> each.getKey() + "=" + encoded(each.getValue().toString()));
        var uri = URI.create(endpoint() + "/_local/" + path + "?" + pairs.collect(Collectors.joining("&")));
        var text = body == null ? "" : PersonalizeLocalContainer.Json.write(body);
        var request = HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.ofString(text)).build();
        HttpResponse<String> response;
        try {
            response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException error) {
            throw new PersonalizeLocalContainer.ControlError(method + " " + uri, 0, null, error);
        } catch (InterruptedException error) {
            Thread.currentThread().interrupt();
            throw new PersonalizeLocalContainer.ControlError(method + " " + uri, 0, null, error);
        }
        boolean isJson = response.headers().firstValue("content-type").orElse("").startsWith("application/json");
        var answer = isJson ? PersonalizeLocalContainer.Json.read(response.body()) : response.body();
        if (response.statusCode() < 400) return answer;
        throw new PersonalizeLocalContainer.ControlError(method + " " + uri, response.statusCode(), answer, null);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
