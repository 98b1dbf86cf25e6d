package io.github.k8sclient.streaming;

import java.util.List;
import java.util.function.Supplier;

import io.github.k8sclient.KubernetesApiException;
import io.github.k8sclient.meta.Status;
import io.github.k8sclient.rest.Request;
import io.github.k8sclient.streaming.RemoteStreams.End;
import io.github.k8sclient.streaming.RemoteStreams.Output;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * The streams of the main process of a container, as {@code kubectl attach} gets them:
 * what it writes from now on, and its standard input and terminal if the container has
 * been declared to have them ({@code stdin}, {@code tty}).
 *
 * <pre class="code">
 * pods.attach("web-0").container("web").output();
 * </pre>
 * <p>
 * Works as {@link RemoteCommand} does, with {@code pods/attach} in place of
 * {@code pods/exec} in roles. The exit code of the process is not a part of it; the
 * status of the pod tells.
 *
 * @since 0.1.0
 */
public final class RemoteAttachment {

	private final StreamOptions options;

	private RemoteAttachment(StreamOptions options) {
		this.options = options;
	}

	/**
	 * Create an attachment.
	 * @param request begins a request of the subresource {@code attach} of a pod
	 * @return a new attachment
	 */
	public static RemoteAttachment of(Supplier<Request> request) {
		return new RemoteAttachment(StreamOptions.of(request, List.of()));
	}

	/**
	 * Attach to a given container.
	 * @param container the name of the container, by default the only one; a pod with
	 * several has no default
	 * @return a new attachment
	 */
	public RemoteAttachment container(String container) {
		return new RemoteAttachment(this.options.withContainer(container));
	}

	/**
	 * Have the process read something.
	 * @param stdin what it reads, as in {@link RemoteCommand#stdin(Publisher)}. Its end
	 * is that of the process's input if the container says {@code stdinOnce}
	 * @return a new attachment
	 */
	public RemoteAttachment stdin(Publisher<? extends DataBuffer> stdin) {
		return new RemoteAttachment(this.options.withStdin(stdin));
	}

	/**
	 * Attach to the terminal of the container, which must have one. Then there is no
	 * standard error output: it goes to the standard output.
	 * @param sizes the size of the terminal, and each new one; may be empty
	 * @return a new attachment
	 */
	public RemoteAttachment terminal(Publisher<TerminalSize> sizes) {
		return new RemoteAttachment(this.options.withSizes(sizes));
	}

	/**
	 * Attach.
	 * @return what the process writes as it comes, no faster than it is asked for: a
	 * process that writes faster waits. Completes when the process or the attachment has
	 * ended, and fails as {@link RemoteCommand} says. Signalled on an event loop, which
	 * must not be blocked. Cancellation detaches
	 */
	public Flux<OutputChunk> output() {
		return RemoteStreams.open(this.options, true).handle((event, sink) -> {
			if (event instanceof Output output) {
				sink.next(output.chunk());
			}
			else if (event instanceof End end) {
				fail(end.status(), sink);
			}
		});
	}

	private static void fail(@Nullable Status status, SynchronousSink<?> sink) {
		if (status != null && !"Success".equals(status.status())) {
			sink.error(KubernetesApiException.of(status));
		}
	}

}
