package io.github.k8sclient.wire;

import java.util.Arrays;

import io.github.k8sclient.codec.DecodingException;

/**
 * Holds the beginning of a piece that goes on in the next chunk.
 */
final class PieceBuffer {

	private static final int MAX_RETAINED = 1 << 20;

	private final int limit;

	private byte[] bytes = {};

	private int size;

	PieceBuffer(int limit) {
		this.limit = limit;
	}

	void append(byte[] source, int from, int to) {
		checkSize((long) this.size + to - from, this.limit);
		int needed = this.size + to - from;
		if (needed > this.bytes.length) {
			this.bytes = Arrays.copyOf(this.bytes,
					(int) Math.min(this.limit, Math.max(needed, this.bytes.length * 2L)));
		}
		System.arraycopy(source, from, this.bytes, this.size, to - from);
		this.size = needed;
	}

	static void checkSize(long size, int limit) {
		if (size > limit) {
			throw new DecodingException("object of more than " + limit + " bytes", null, "", 0, null);
		}
	}

	byte[] bytes() {
		return this.bytes;
	}

	int size() {
		return this.size;
	}

	void clear() {
		this.size = 0;
		if (this.bytes.length > MAX_RETAINED) {
			this.bytes = new byte[0];
		}
	}

}
