package io.github.k8sclient.auth;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A run of a credential plugin. Blocks until the program ends; when the thread is
 * interrupted, the program and those that it has started are killed.
 */
final class PluginProcess {

	private static final int MAX_OUTPUT = 1024 * 1024;

	private static final int MAX_MESSAGES = 8 * 1024;

	private static final int POLL_MILLIS = 10;

	private final Process process;

	private final Capture output = new Capture(MAX_OUTPUT);

	private final Capture messages = new Capture(MAX_MESSAGES);

	private PluginProcess(Process process) {
		this.process = process;
	}

	/**
	 * Run a program.
	 * @param command the program and its arguments
	 * @param environment variables to add to those of this process
	 * @param interactive whether the program gets the terminal of this process
	 * @return what became of it
	 * @throws IOException if the program cannot be started
	 * @throws InterruptedException if the thread was interrupted
	 */
	static Result run(List<String> command, Map<String, String> environment, boolean interactive)
			throws IOException, InterruptedException {
		ProcessBuilder builder = new ProcessBuilder(command);
		builder.environment().putAll(environment);
		if (interactive) {
			builder.redirectInput(Redirect.INHERIT).redirectError(Redirect.INHERIT);
		}
		return new PluginProcess(builder.start()).await();
	}

	private Result await() throws IOException, InterruptedException {
		try (InputStream out = this.process.getInputStream(); InputStream err = this.process.getErrorStream()) {
			this.process.getOutputStream().close();
			boolean ended;
			do {
				ended = this.process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
				// Only what is there: what it leaves behind may keep the pipes open
				this.output.takeAvailable(out);
				this.messages.takeAvailable(err);
			}
			while (!ended);
			return new Result(this.process.exitValue(), this.output.isWhole(), this.output.text(),
					this.messages.text().strip());
		}
		finally {
			kill();
		}
	}

	private void kill() {
		if (this.process.isAlive()) {
			this.process.descendants().forEach(ProcessHandle::destroyForcibly);
			this.process.destroyForcibly();
		}
	}

	/**
	 * What became of a run.
	 *
	 * @param exitCode exit code of the program, zero if it succeeded
	 * @param whole whether the output is there to its end
	 * @param output what the program has written to the standard output, which is secret
	 * @param messages what the program has written to the standard error, or the
	 * beginning of it
	 */
	record Result(int exitCode, boolean whole, String output, String messages) {

		@Override
		public String toString() {
			return "exit code " + this.exitCode;
		}

	}

	/**
	 * The beginning of a stream. The rest is read, too, lest the program wait for it.
	 */
	private static final class Capture {

		private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

		private final int limit;

		private boolean whole = true;

		Capture(int limit) {
			this.limit = limit;
		}

		void takeAvailable(InputStream in) throws IOException {
			for (int available = in.available(); available > 0; available = in.available()) {
				byte[] read = in.readNBytes(available);
				int room = Math.min(read.length, this.limit - this.bytes.size());
				this.bytes.write(read, 0, room);
				this.whole &= room == read.length;
			}
		}

		boolean isWhole() {
			return this.whole;
		}

		String text() {
			return this.bytes.toString(StandardCharsets.UTF_8);
		}

	}

}
