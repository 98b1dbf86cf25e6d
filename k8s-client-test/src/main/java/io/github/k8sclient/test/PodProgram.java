package io.github.k8sclient.test;

import java.nio.charset.StandardCharsets;
import java.util.List;

import reactor.core.publisher.Flux;

import org.springframework.util.Assert;

/**
 * What runs when somebody executes a command in a pod of the API server in memory, or
 * attaches to it.
 *
 * <pre class="code">
 * server.program("default", "web-0", (execution) -&gt; Flux.just(Output.stdout("hello\n")));
 * server.program("default", "db-0", (execution) -&gt; Flux.just(Output.stderr("no\n"), Output.exit(1)));
 * </pre>
 *
 * @since 0.1.0
 * @see EmbeddedApiServer#program(String, String, PodProgram)
 */
@FunctionalInterface
public interface PodProgram {

	/**
	 * Run a command. It is called on a thread of the server and must not block.
	 * @param execution the command, and what it reads
	 * @return what it writes; its end is that of the command, with exit code 0 if no
	 * other was told, and its failure one that keeps the command from running. It is
	 * cancelled when the client goes away
	 */
	Flux<Output> run(Execution execution);

	/**
	 * A command that a client has asked for.
	 *
	 * @param container the name of the container
	 * @param command the program and its arguments, empty if the client attaches
	 * @param terminal whether the client asked for a terminal
	 * @param stdin what the client sends, for one subscriber; ends when the client ends
	 * it, which takes the subprotocol {@code v5.channel.k8s.io}
	 */
	record Execution(String container, List<String> command, boolean terminal, Flux<byte[]> stdin) {

		/**
		 * Check the parts.
		 */
		public Execution {
			Assert.notNull(container, "'container' must not be null");
			Assert.notNull(stdin, "'stdin' must not be null");
			command = List.copyOf(command);
		}

	}

	/**
	 * What a command writes, or its exit code.
	 */
	final class Output {

		private final int channel;

		private final byte[] content;

		private final int exitCode;

		private Output(int channel, byte[] content, int exitCode) {
			this.channel = channel;
			this.content = content;
			this.exitCode = exitCode;
		}

		/**
		 * Write to the standard output.
		 * @param text the text
		 * @return the output
		 */
		public static Output stdout(String text) {
			Assert.notNull(text, "'text' must not be null");
			return stdout(text.getBytes(StandardCharsets.UTF_8));
		}

		/**
		 * Write to the standard output.
		 * @param bytes the bytes
		 * @return the output
		 */
		public static Output stdout(byte[] bytes) {
			Assert.notNull(bytes, "'bytes' must not be null");
			return new Output(1, bytes, 0);
		}

		/**
		 * Write to the standard error output.
		 * @param text the text
		 * @return the output
		 */
		public static Output stderr(String text) {
			Assert.notNull(text, "'text' must not be null");
			return new Output(2, text.getBytes(StandardCharsets.UTF_8), 0);
		}

		/**
		 * Tell the exit code. The last one told counts.
		 * @param code the code, 0 for success
		 * @return the output
		 */
		public static Output exit(int code) {
			Assert.isTrue(code >= 0 && code < 256, "'code' must be between 0 and 255");
			return new Output(0, new byte[0], code);
		}

		boolean isExit() {
			return this.channel == 0;
		}

		int channel() {
			return this.channel;
		}

		byte[] content() {
			return this.content;
		}

		int exitCode() {
			return this.exitCode;
		}

	}

}
