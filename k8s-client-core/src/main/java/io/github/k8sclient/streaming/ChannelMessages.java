package io.github.k8sclient.streaming;

import java.util.ArrayList;
import java.util.List;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

/**
 * Messages of a WebSocket with channels: the first byte is the channel that the rest
 * belongs to.
 */
final class ChannelMessages {

	// As in Go's io.Copy, which client-go and the servers in between use
	private static final int MAX_CONTENT = 32 << 10;

	private ChannelMessages() {
	}

	/**
	 * Return bytes as messages, and release their buffers.
	 */
	static Flux<DataBuffer> of(int channel, Publisher<? extends DataBuffer> bytes) {
		return Flux.<DataBuffer>from(bytes)
			.concatMapIterable((buffer) -> split(channel, buffer), 1)
			.doOnDiscard(DataBuffer.class, DataBufferUtils::release);
	}

	private static List<DataBuffer> split(int channel, DataBuffer buffer) {
		try {
			List<DataBuffer> messages = new ArrayList<>();
			while (buffer.readableByteCount() > 0) {
				byte[] content = new byte[Math.min(buffer.readableByteCount(), MAX_CONTENT)];
				buffer.read(content);
				messages.add(of(channel, content));
			}
			return messages;
		}
		finally {
			DataBufferUtils.release(buffer);
		}
	}

	static DataBuffer of(int channel, byte[] content) {
		return DefaultDataBufferFactory.sharedInstance.allocateBuffer(content.length + 1)
			.write((byte) channel)
			.write(content);
	}

	/**
	 * Return the channel of a message, and leave its content to be read.
	 */
	static int channel(DataBuffer message) {
		return message.read() & 0xff;
	}

	/**
	 * Return the content that is left to be read.
	 */
	static byte[] content(DataBuffer message) {
		byte[] content = new byte[message.readableByteCount()];
		message.read(content);
		return content;
	}

}
