package io.github.k8sclient.streaming;

import java.util.List;
import java.util.function.Supplier;

import io.github.k8sclient.rest.Request;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.util.Assert;

/**
 * Which streams of a container are wanted, and how.
 *
 * @param request begins a request
 * @param command the command, empty for none
 * @param container the container, {@code null} for the only one
 * @param stdin what the container reads, {@code null} for nothing
 * @param sizes the sizes of its terminal, {@code null} for no terminal
 */
record StreamOptions(Supplier<Request> request, List<String> command, @Nullable String container,
		@Nullable Publisher<? extends DataBuffer> stdin, @Nullable Publisher<TerminalSize> sizes) {

	static StreamOptions of(Supplier<Request> request, List<String> command) {
		Assert.notNull(request, "'request' must not be null");
		return new StreamOptions(request, List.copyOf(command), null, null, null);
	}

	StreamOptions withContainer(String container) {
		Assert.hasText(container, "'container' must not be empty");
		return new StreamOptions(this.request, this.command, container, this.stdin, this.sizes);
	}

	StreamOptions withStdin(Publisher<? extends DataBuffer> stdin) {
		Assert.notNull(stdin, "'stdin' must not be null");
		return new StreamOptions(this.request, this.command, this.container, stdin, this.sizes);
	}

	StreamOptions withSizes(Publisher<TerminalSize> sizes) {
		Assert.notNull(sizes, "'sizes' must not be null");
		return new StreamOptions(this.request, this.command, this.container, this.stdin, sizes);
	}

	boolean hasTerminal() {
		return this.sizes != null;
	}

	/**
	 * Return the request for the streams. Parameters are named as in
	 * {@code PodExecOptions}, and absent where {@code false}.
	 * @param stderr whether the standard error output is wanted. A terminal has none
	 */
	Request toRequest(boolean stderr) {
		Request request = this.request.get();
		this.command.forEach((part) -> request.param("command", part));
		if (this.container != null) {
			request.param("container", this.container);
		}
		if (this.stdin != null) {
			request.param("stdin", "true");
		}
		request.param("stdout", "true");
		if (stderr && !hasTerminal()) {
			request.param("stderr", "true");
		}
		return hasTerminal() ? request.param("tty", "true") : request;
	}

}
