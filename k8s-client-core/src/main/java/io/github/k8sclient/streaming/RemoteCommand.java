package io.github.k8sclient.streaming;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

import io.github.k8sclient.KubernetesException;
import io.github.k8sclient.rest.Request;
import io.github.k8sclient.streaming.RemoteStreams.End;
import io.github.k8sclient.streaming.RemoteStreams.Event;
import io.github.k8sclient.streaming.RemoteStreams.Output;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.util.Assert;

/**
 * A command to run in a container of a pod, as {@code kubectl exec} does.
 *
 * <pre class="code">
 * pods.exec("web-0", "ls", "-l").result();
 * pods.exec("web-0", "tar", "c", "/data").container("web").stdout();
 * pods.exec("db-0", "psql").stdin("select 1;").output();
 * </pre>
 * <p>
 * The methods that say how to run it return a new command and leave this one as it is;
 * instances are immutable. The methods that run it ({@code result}, {@code exitCode},
 * {@code output}, {@code stdout}) return what does nothing until subscription, and runs
 * the command anew for each subscription. Cancellation closes the connection; what
 * becomes of the process then is up to the container runtime, which mostly lets it run.
 * <p>
 * They fail with
 * <ul>
 * <li>a {@link io.github.k8sclient.KubernetesApiException} when the server refuses, or
 * when the command cannot be started,</li>
 * <li>a {@link io.github.k8sclient.transport.KubernetesConnectionException} when the
 * connection breaks, or no sign of life has come for 61 seconds,</li>
 * <li>another {@link KubernetesException} when the server does not say how the command
 * ended.</li>
 * </ul>
 * A role needs the verbs {@code get} and, since Kubernetes 1.35, {@code create} of
 * {@code pods/exec}.
 * <p>
 * <b>Protocol.</b> A WebSocket with the subprotocol {@code v5.channel.k8s.io}, which API
 * servers speak since 1.30, or {@code v4.channel.k8s.io}, which all do. With the latter
 * the {@linkplain #stdin(Publisher) standard input} has no end.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://github.com/kubernetes/enhancements/tree/master/keps/sig-api-machinery/4006-transition-spdy-to-websockets">KEP-4006</a>
 */
public final class RemoteCommand {

	private static final int MAX_RESULT = 16 << 20;

	private final StreamOptions options;

	private RemoteCommand(StreamOptions options) {
		this.options = options;
	}

	/**
	 * Create a command.
	 * @param request begins a request of the subresource {@code exec} of a pod
	 * @param command the program and its arguments; no shell takes part unless it is the
	 * program
	 * @return a new command
	 */
	public static RemoteCommand of(Supplier<Request> request, List<String> command) {
		Assert.notEmpty(command, "'command' must not be empty");
		return new RemoteCommand(StreamOptions.of(request, command));
	}

	/**
	 * Run the command in a given container.
	 * @param container the name of the container, by default the only one; a pod with
	 * several has no default
	 * @return a new command
	 */
	public RemoteCommand container(String container) {
		return new RemoteCommand(this.options.withContainer(container));
	}

	/**
	 * Have the command read something. By default it has no standard input.
	 * @param stdin what it reads. It is subscribed to when the command is being started,
	 * on a thread that must not block; asked for as fast as the connection takes it;
	 * cancelled when the command ends; and its buffers are released. When it fails, the
	 * connection is closed, and its failure is that of the output. When it completes, the
	 * command gets to the end of its input; but behind an API server before 1.30 it waits
	 * for more, as nothing can tell it: have it end by what it reads
	 * @return a new command
	 */
	public RemoteCommand stdin(Publisher<? extends DataBuffer> stdin) {
		return new RemoteCommand(this.options.withStdin(stdin));
	}

	/**
	 * Have the command read a text, and then the end of its input, as
	 * {@link #stdin(Publisher)} says.
	 * @param stdin what it reads, written as UTF-8
	 * @return a new command
	 */
	public RemoteCommand stdin(String stdin) {
		Assert.notNull(stdin, "'stdin' must not be null");
		byte[] bytes = stdin.getBytes(StandardCharsets.UTF_8);
		return stdin(Mono.fromSupplier(() -> DefaultDataBufferFactory.sharedInstance.wrap(bytes)));
	}

	/**
	 * Give the command a terminal. Then there is no standard error output: it goes to the
	 * standard output.
	 * @param sizes the size of the terminal, the first one as soon as possible, and each
	 * new one; may be empty, and may complete
	 * @return a new command
	 */
	public RemoteCommand terminal(Publisher<TerminalSize> sizes) {
		return new RemoteCommand(this.options.withSizes(sizes));
	}

	/**
	 * Run the command, and collect what it writes.
	 * @return how the command ended, with whatever exit code, and all that it has
	 * written; a failure if that is more than 16 MiB
	 */
	public Mono<ExecResult> result() {
		return Mono.defer(() -> new Collector().collect(RemoteStreams.open(this.options, true)));
	}

	/**
	 * Run the command, and drop what it writes.
	 * @return the exit code
	 */
	public Mono<Integer> exitCode() {
		return RemoteStreams.open(this.options, true)
			.ofType(End.class)
			.map((end) -> ExitCodes.of(end.status()))
			.singleOrEmpty();
	}

	/**
	 * Run the command.
	 * @return what it writes as it comes, no faster than it is asked for: a command that
	 * writes faster waits. Completes when the command has ended with exit code 0, and
	 * fails with a {@link CommandExitException} if it has with another one. Signalled on
	 * an event loop, which must not be blocked
	 */
	public Flux<OutputChunk> output() {
		return output(true);
	}

	/**
	 * Run the command without its standard error output.
	 * @return what it writes to its standard output; else as {@link #output()}. The
	 * buffers need not be released
	 */
	public Flux<DataBuffer> stdout() {
		return output(false).map(OutputChunk::data);
	}

	private Flux<OutputChunk> output(boolean stderr) {
		return RemoteStreams.open(this.options, stderr).handle((event, sink) -> {
			if (event instanceof Output output) {
				sink.next(output.chunk());
			}
			else if (event instanceof End end) {
				int code = ExitCodes.of(end.status());
				if (code != 0) {
					sink.error(new CommandExitException(code));
				}
			}
		});
	}

	/**
	 * Describe the command without its arguments, which may hold secrets.
	 * @return the program
	 */
	@Override
	public String toString() {
		return "RemoteCommand[" + this.options.command().get(0) + "]";
	}

	/**
	 * Collects what a command writes.
	 */
	private static final class Collector {

		private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();

		private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

		Mono<ExecResult> collect(Flux<Event> events) {
			return events.<ExecResult>handle((event, sink) -> {
				if (event instanceof Output output) {
					append(output.chunk());
				}
				else if (event instanceof End end) {
					sink.next(new ExecResult(ExitCodes.of(end.status()), text(this.stdout), text(this.stderr)));
				}
			}).singleOrEmpty();
		}

		private void append(OutputChunk chunk) {
			byte[] bytes = ChannelMessages.content(chunk.data());
			if (this.stdout.size() + this.stderr.size() + bytes.length > MAX_RESULT) {
				throw new KubernetesException("The command has written more than " + MAX_RESULT
						+ " bytes; read them as they come, by output() or stdout()");
			}
			((chunk.source() == OutputChunk.Source.STDOUT) ? this.stdout : this.stderr).writeBytes(bytes);
		}

		private static String text(ByteArrayOutputStream bytes) {
			return bytes.toString(StandardCharsets.UTF_8);
		}

	}

}
