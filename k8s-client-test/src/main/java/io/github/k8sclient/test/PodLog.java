package io.github.k8sclient.test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

import org.springframework.util.Assert;

/**
 * What a container of a pod has printed, as the test tells it. No container runs, so the
 * log of a pod is empty until a test writes to it. All methods may be called from any
 * thread.
 *
 * @since 0.1.0
 */
public final class PodLog {

	private final List<byte[]> lines = new ArrayList<>();

	private final Sinks.Many<byte[]> written = Sinks.many().replay().all();

	private boolean ended;

	PodLog() {
	}

	/**
	 * Print a line. Clients that follow the log get it at once.
	 * @param line the line without a line break
	 * @return this log
	 */
	public synchronized PodLog writeLine(String line) {
		Assert.notNull(line, "'line' must not be null");
		Assert.state(!this.ended, "The container has ended");
		byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
		this.lines.add(bytes);
		this.written.emitNext(bytes, Sinks.EmitFailureHandler.FAIL_FAST);
		return this;
	}

	/**
	 * End the container: clients that follow the log see its end.
	 */
	public synchronized void end() {
		if (!this.ended) {
			this.ended = true;
			this.written.emitComplete(Sinks.EmitFailureHandler.FAIL_FAST);
		}
	}

	/**
	 * Read the log.
	 * @param follow whether to wait for what will be written
	 * @param tailLines how many of the last lines to begin with, null for all
	 * @param limitBytes how many bytes at most, null for all
	 * @return the pieces
	 */
	synchronized Flux<byte[]> read(boolean follow, @Nullable Long tailLines, @Nullable Long limitBytes) {
		long skipped = (tailLines != null) ? Math.max(0, this.lines.size() - tailLines) : 0;
		Flux<byte[]> all = follow ? this.written.asFlux() : Flux.fromIterable(List.copyOf(this.lines));
		Flux<byte[]> wanted = all.skip(skipped);
		return (limitBytes != null) ? limited(wanted, limitBytes) : wanted;
	}

	private static Flux<byte[]> limited(Flux<byte[]> pieces, long limit) {
		return Flux.defer(() -> {
			long[] left = { limit };
			return pieces.map((piece) -> {
				byte[] part = Arrays.copyOf(piece, (int) Math.min(piece.length, left[0]));
				left[0] -= part.length;
				return part;
			}).takeUntil((piece) -> left[0] <= 0);
		});
	}

}
