package io.github.k8sclient.streaming;

import java.nio.charset.StandardCharsets;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.util.Assert;

/**
 * A piece of what a container writes, as it came. It may end within a line, and within a
 * character.
 *
 * @param source where it was written to
 * @param data what was written, on the heap: it need not be released
 * @since 0.1.0
 */
public record OutputChunk(Source source, DataBuffer data) {

	/**
	 * Create a piece.
	 * @param source where it was written to
	 * @param data what was written
	 */
	public OutputChunk {
		Assert.notNull(source, "'source' must not be null");
		Assert.notNull(data, "'data' must not be null");
	}

	/**
	 * Return the piece as text.
	 * @return the bytes read as UTF-8
	 */
	public String text() {
		return this.data.toString(StandardCharsets.UTF_8);
	}

	@Override
	public String toString() {
		return this.source + "[" + this.data.readableByteCount() + " bytes]";
	}

	/**
	 * Where a container writes to.
	 */
	public enum Source {

		/**
		 * The standard output, and everything in a terminal.
		 */
		STDOUT,

		/**
		 * The standard error output.
		 */
		STDERR

	}

}
