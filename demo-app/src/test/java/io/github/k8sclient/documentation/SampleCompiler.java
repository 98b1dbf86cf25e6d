package io.github.k8sclient.documentation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import com.sun.source.util.JavacTask;
import io.github.k8sclient.documentation.Page.Sample;

/**
 * Compiles samples. A sample is members of a class or, if it cannot be, statements of a
 * method; it sees the imports and fields of {@code Preamble.java} and what its page
 * declares.
 */
final class SampleCompiler {

	private static final List<String> OPTIONS = List.of("-proc:none", "-implicit:none", "-Xlint:none", "-parameters",
			"--release", "17");

	private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();

	private final String preamble;

	private final String imports;

	SampleCompiler() {
		try (InputStream in = SampleCompiler.class.getResourceAsStream("/documentation/Preamble.java")) {
			this.preamble = new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.imports = this.preamble.lines()
			.filter((line) -> line.startsWith("import "))
			.collect(Collectors.joining(" "));
	}

	/**
	 * Compile samples.
	 * @param samples the samples
	 * @return what is wrong with them
	 * @throws IOException if the compiler fails
	 */
	List<String> compile(List<Sample> samples) throws IOException {
		List<JavaFileObject> sources = new ArrayList<>();
		Map<JavaFileObject, Sample> bySource = new LinkedHashMap<>();
		sources.add(new Source("documentation/Preamble.java", this.preamble));
		for (int index = 0; index < samples.size(); index++) {
			JavaFileObject source = source(samples.get(index), "sample" + index);
			sources.add(source);
			bySource.put(source, samples.get(index));
		}
		DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
		task(problems, sources).analyze();
		return problems.getDiagnostics()
			.stream()
			.filter((problem) -> problem.getKind() == Diagnostic.Kind.ERROR)
			.map((problem) -> location(bySource.get(problem.getSource()), problem) + ": "
					+ problem.getMessage(Locale.ROOT))
			.toList();
	}

	private static String location(Sample sample, Diagnostic<?> problem) {
		// the first line is the header that the sample does not have
		return (sample != null) ? sample.location(problem.getLineNumber() - 1)
				: "Preamble.java:" + problem.getLineNumber();
	}

	private JavaFileObject source(Sample sample, String name) throws IOException {
		String header = "package documentation." + name + "; import documentation.Preamble; " + this.imports
				+ " abstract class Given extends Preamble { " + sample.given()
				+ " } abstract class Samples extends Given { ";
		JavaFileObject members = new Source("documentation/" + name + "/Samples.java",
				header + "\n" + sample.code() + "\n}");
		if (parses(members)) {
			return members;
		}
		return new Source("documentation/" + name + "/Samples.java",
				header + "void sample() throws Exception {\n" + sample.code() + "\n} }");
	}

	private boolean parses(JavaFileObject source) throws IOException {
		DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
		task(problems, List.of(source)).parse();
		return problems.getDiagnostics().stream().noneMatch((problem) -> problem.getKind() == Diagnostic.Kind.ERROR);
	}

	private JavacTask task(DiagnosticCollector<JavaFileObject> problems, List<JavaFileObject> sources) {
		return (JavacTask) this.compiler.getTask(null, null, problems, OPTIONS, null, sources);
	}

	/**
	 * A source in memory.
	 */
	private static final class Source extends SimpleJavaFileObject {

		private final String text;

		Source(String path, String text) {
			super(URI.create("memory:///" + path), Kind.SOURCE);
			this.text = text;
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.text;
		}

	}

}
