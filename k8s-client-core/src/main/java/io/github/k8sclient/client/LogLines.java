package io.github.k8sclient.client;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.k8sclient.KubernetesException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Cuts a log into lines. Held are the lines of one buffer, and the beginning of a line
 * whose end has not come yet.
 */
final class LogLines {

	private static final int MAX_LINE = 16 << 20;

	private byte[] bytes = new byte[8192];

	private int size;

	private LogLines() {
	}

	/**
	 * Return the lines without their ends. Every buffer is released, whatever happens.
	 */
	static Flux<String> of(Flux<DataBuffer> log) {
		return Flux.defer(() -> new LogLines().cut(log));
	}

	private Flux<String> cut(Flux<DataBuffer> log) {
		return log.map(this::append)
			.concatMapIterable((lines) -> lines, 1)
			.concatWith(Mono.fromSupplier(this::lastLine))
			.doOnDiscard(DataBuffer.class, DataBufferUtils::release);
	}

	private List<String> append(DataBuffer buffer) {
		int from = this.size;
		take(buffer);
		List<String> lines = new ArrayList<>();
		int start = 0;
		for (int i = from; i < this.size; i++) {
			if (this.bytes[i] == '\n') {
				lines.add(line(start, i));
				start = i + 1;
			}
		}
		System.arraycopy(this.bytes, start, this.bytes, 0, this.size - start);
		this.size -= start;
		if (this.size > MAX_LINE) {
			throw new KubernetesException("A line of the log is longer than " + MAX_LINE + " bytes");
		}
		return lines;
	}

	private void take(DataBuffer buffer) {
		try {
			int length = buffer.readableByteCount();
			if (length > this.bytes.length - this.size) {
				this.bytes = Arrays.copyOf(this.bytes, Math.max(this.size + length, 2 * this.bytes.length));
			}
			buffer.read(this.bytes, this.size, length);
			this.size += length;
		}
		finally {
			DataBufferUtils.release(buffer);
		}
	}

	private String line(int start, int end) {
		int last = (end > start && this.bytes[end - 1] == '\r') ? end - 1 : end;
		return new String(this.bytes, start, last - start, StandardCharsets.UTF_8);
	}

	private @Nullable String lastLine() {
		return (this.size > 0) ? line(0, this.size) : null;
	}

}
