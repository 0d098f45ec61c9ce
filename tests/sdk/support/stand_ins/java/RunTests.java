import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.junit.jupiter.Container;

/** A stand-in for JUnit: runs the tests of a class, with its containers. */
class RunTests {
    public static void main(String[] arguments) throws Exception {
        var tested = Class.forName(arguments[0]);
        int failed = 0;
        call(tested, "start");
        for (Method each : testsOf(tested)) {
            var constructor = tested.getDeclaredConstructor();
            constructor.setAccessible(true);
            try {
                each.invoke(constructor.newInstance());
                System.out.println("passed " + each.getName());
            } catch (InvocationTargetException error) {
                ++failed;
                System.out.println("failed " + each.getName() + ": " + error.getCause());
            }
        }
        call(tested, "stop");
        System.exit(failed == 0 ? 0 : 1);
    }

    private static void call(Class<?> tested, String method) throws Exception {
        for (var field : tested.getDeclaredFields()) {
            if (!field.isAnnotationPresent(Container.class)) continue;
            field.setAccessible(true);
            GenericContainer.class.getMethod(method).invoke(field.get(null));
        }
    }

    private static Iterable<Method> testsOf(Class<?> tested) {
        var methods = Arrays.stream(tested.getDeclaredMethods())
                .filter(each -> each.isAnnotationPresent(Test.class))
                .toList();
        methods.forEach(each -> each.setAccessible(true));
        return methods;
    }
}
