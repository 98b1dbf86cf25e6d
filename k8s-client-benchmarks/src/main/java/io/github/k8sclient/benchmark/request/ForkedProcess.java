package io.github.k8sclient.benchmark.request;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A process of this benchmark: the JVM that runs it, once more. It ends when its input
 * does, so it does not outlive this one.
 */
final class ForkedProcess implements AutoCloseable {

	private final Process process;

	private final BufferedReader output;

	private final PrintWriter input;

	private ForkedProcess(Process process) {
		this.process = process;
		this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
		this.input = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
	}

	static ForkedProcess start(String classPath, Class<?> program, List<String> jvmOptions, String... args)
			throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of("-Xms1g", "-Xmx1g"));
		command.addAll(jvmOptions);
		command.addAll(List.of("-cp", classPath, program.getName()));
		command.addAll(List.of(args));
		return new ForkedProcess(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
	}

	void order(String line) {
		this.input.println(line);
	}

	/**
	 * Return the next line that counts; others, such as those of a log, are passed on.
	 */
	String answer(Predicate<String> counts) throws IOException {
		for (String line = this.output.readLine(); line != null; line = this.output.readLine()) {
			if (counts.test(line)) {
				return line;
			}
			System.err.println(line);
		}
		throw new IllegalStateException("The process ended: " + this.process.info().commandLine().orElse("?"));
	}

	@Override
	public void close() {
		this.input.close();
		this.process.destroy();
	}

}
