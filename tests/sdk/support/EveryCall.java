import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Calls all that PersonalizeLocalContainer has, against the server of PERSONALIZE_LOCAL_ENDPOINT, and prints answers. */
class EveryCall {
    private static final String JOB = "batch-inference-job/nightly";

    public static void main(String[] arguments) {
        var server = new PersonalizeLocalContainer();
        server.start();
        print("health", server.health().get("status"));
        var tenant = server.tenant("111122223333");
        print("arn", tenant.arn(JOB));
        print("arn of the server", server.arn(JOB));
        print("env", tenant.env().get("AWS_ACCESS_KEY_ID"), server.env().get("AWS_ACCESS_KEY_ID"));
        print("fresh", server.tenant().account().length());
        moveTheClock(tenant);
        addRules(tenant);
        changeStatuses(tenant);
        changeRows(tenant);
        print("other account", server.tenant("444455556666").rules().list().size());
        try {
            tenant.transition("arn:aws:personalize:us-east-1:111122223333:solution/none");
        } catch (PersonalizeLocalContainer.ControlError error) {
            print("refused", error.status, error.getMessage().contains("404, "));
        }
        try {
            tenant.call("GET", "nothing");
        } catch (PersonalizeLocalContainer.ControlError error) {
            print("no such call", error.status);
        }
        print("metrics", server.call("GET", "metrics").toString().startsWith("# HELP"));
        server.stop();
        print("still there", server.health().get("ready"));
    }

    private static void print(String what, Object... values) {
        System.out.println(what + ": " + List.of(values));
    }

    private static void moveTheClock(PersonalizeLocalContainer.Tenant tenant) {
        print("freeze", tenant.clock().freeze(Instant.parse("2026-12-24T12:00:00Z")).get("now"));
        print("advance", tenant.clock().advance(Duration.ofMinutes(90)).get("now"));
        print("run", tenant.clock().run(60).get("speed"));
        print("freeze here", tenant.clock().freeze().get("mode"));
        print("set", tenant.clock().set(Map.of("mode", "frozen", "now", "2027-01-01T00:00:00Z")).get("now"));
        print("idle", tenant.clock().advanceUntilIdle().get("mode"), tenant.clock().get().get("mode"));
    }

    private static void addRules(PersonalizeLocalContainer.Tenant tenant) {
        var rule = Map.of("match", Map.of("operation", "List*"), "times", 2, "delay", "0s");
        var added = tenant.rules().add(rule, "{\"id\": \"a:name\", \"match\": {}, \"delay\": \"0s\"}");
        print("added", added.size(), added.get(1).get("id"), added.get(0).get("times"));
        tenant.rules().remove("a:name");
        print("left", tenant.rules().list().size());
        print("replaced", tenant.rules().replace(rule, rule).size());
        tenant.rules().clear();
        print("cleared", tenant.rules().list());
    }

    private static void changeStatuses(PersonalizeLocalContainer.Tenant tenant) {
        var job = tenant.arn(JOB);
        tenant.lifecycle().set(Map.of("default", Map.of("progression", "manual")));
        print("lifecycle", ((Map<?, ?>) tenant.lifecycle().get().get("set")));
        print("quotas", tenant.quotas().set("{\"mode\": \"aws\"}").get("mode"), tenant.quotas().get().get("mode"));
        tenant.state().add(Map.of("batchInferenceJob", Map.of(
                "batchInferenceJobArn", job, "status", "PENDING", "_local", Map.of("progression", "manual"))));
        print("transition", tenant.transition(job).get("status"));
        var change = Map.of("to", "CREATE FAILED", "failureReason", "a\tb \u00fc");
        print("transition to", tenant.transition(job, change).get("status"));
        print("wait", tenant.wait(job, "CREATE FAILED", Duration.ofSeconds(5)).get("status"));
        print("history", tenant.history(job).stream().map(each -> each.get("status")).toList());
        var jobs = (List<?>) tenant.state().get().get("batchInferenceJobs");
        print("reason", ((Map<?, ?>) jobs.get(0)).get("failureReason"));
        print("requests", tenant.requests().get("counts"), tenant.requests(Map.of("limit", 1)).get("requests"));
        tenant.clearRequests();
    }

    private static void changeRows(PersonalizeLocalContainer.Tenant tenant) {
        var items = tenant.arn("dataset/club/ITEMS");
        print("rows", tenant.data().replace(items, List.of(Map.of("ITEM_ID", "film-1", "CREATION_TIMESTAMP", 1)))
                .get("rows"));
        tenant.data().add(items, List.of(Map.of("ITEM_ID", "film-2", "CREATION_TIMESTAMP", 2, "PRICE", 1.5)));
        print("all", tenant.data().get(items));
        print("page", tenant.data().get(items, Map.of("limit", 1)).size());
        print("train", tenant.train(tenant.arn("solution/films/1a2b3c4d")).get("arn"));
        var question = Map.of("operation", "GetRecommendations", "input", Map.of(
                "campaignArn", tenant.arn("campaign/films"), "userId", "u"));
        print("explain", tenant.explain(question).get("operation"));
        print("events", tenant.events().list());
        tenant.events().clear();
        tenant.state().replace("{}");
        print("replaced by nothing", ((Map<?, ?>) tenant.health().get("resources")).size());
        tenant.reset();
    }
}
