package io.github.k8sclient.rest;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * The bytes of one buffer after the other, in an array that is used again.
 */
final class Chunk {

	private byte[] bytes = new byte[0];

	/**
	 * Take the content of a buffer, and release the buffer.
	 * @return the number of bytes
	 */
	int take(DataBuffer buffer) {
		try {
			int length = buffer.readableByteCount();
			if (this.bytes.length < length) {
				this.bytes = new byte[length];
			}
			buffer.read(this.bytes, 0, length);
			return length;
		}
		finally {
			DataBufferUtils.release(buffer);
		}
	}

	byte[] bytes() {
		return this.bytes;
	}

}
