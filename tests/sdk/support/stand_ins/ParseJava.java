import java.nio.file.Path;
import java.util.List;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import com.sun.source.util.JavacTask;

/** Reports the syntax errors of a Java file, without the classes that it names. */
class ParseJava {
    public static void main(String[] arguments) throws Exception {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var found = new DiagnosticCollector<JavaFileObject>();
        try (var files = compiler.getStandardFileManager(found, null, null)) {
            var sources = files.getJavaFileObjects(Path.of(arguments[0]));
            ((JavacTask) compiler.getTask(null, files, found, List.of(), null, sources)).parse();
        }
        var errors = found.getDiagnostics().stream().filter(each -> each.getKind() == Diagnostic.Kind.ERROR).toList();
        errors.forEach(System.out::println);
        System.exit(errors.isEmpty() ? 0 : 1);
    }
}
