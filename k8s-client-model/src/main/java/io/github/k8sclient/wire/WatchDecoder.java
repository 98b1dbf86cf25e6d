package io.github.k8sclient.wire;

import io.github.k8sclient.codec.Codec;
import io.github.k8sclient.codec.DecodingException;
import io.github.k8sclient.codec.DecodingOptions;

/**
 * For the modules of this project: it may change in any release.
 * <p>
 * Reads the frames of a watch while their bytes arrive, cut into chunks anywhere: in JSON
 * one object after the other, with or without white space between them; in protobuf
 * messages behind their length. A frame is decoded where it lies in its chunk; only one
 * that goes on in the next chunk is copied. Memory is bounded by the largest frame, which
 * {@link DecodingOptions#maxObjectSize()} limits.
 * <p>
 * Not thread-safe, but calls may come from different threads one after the other. After
 * an exception a decoder must not be used any more.
 *
 * @param <T> type of the objects
 * @since 0.1.0
 */
public abstract sealed class WatchDecoder<T> permits JsonWatchDecoder, ProtobufWatchDecoder {

	WatchDecoder() {
	}

	/**
	 * Makes a decoder of one watch in JSON.
	 * @param <T> type of the objects
	 * @param codec reads the objects
	 * @param options how to decode
	 * @return the decoder
	 */
	public static <T> WatchDecoder<T> json(Codec<T> codec, DecodingOptions options) {
		return new JsonWatchDecoder<>(codec, options);
	}

	/**
	 * Makes a decoder of one watch in protobuf.
	 * @param <T> type of the objects
	 * @param codec reads the objects
	 * @param options how to decode
	 * @return the decoder
	 */
	public static <T> WatchDecoder<T> protobuf(Codec<T> codec, DecodingOptions options) {
		return new ProtobufWatchDecoder<>(codec, options);
	}

	/**
	 * Makes a decoder of one watch.
	 * @param <T> type of the objects
	 * @param format format of the frames
	 * @param codec reads the objects
	 * @param options how to decode
	 * @return the decoder
	 */
	public static <T> WatchDecoder<T> of(WireFormat format, Codec<T> codec, DecodingOptions options) {
		return (format == WireFormat.PROTOBUF) ? protobuf(codec, options) : json(codec, options);
	}

	/**
	 * Reads the next bytes of the watch.
	 * @param bytes array that holds the bytes, which may change afterwards
	 * @param offset index of the first byte
	 * @param length number of bytes
	 * @param frames takes each frame that is complete with these bytes, in order
	 * @throws DecodingException if the bytes are no frames, or a frame is too long; what
	 * is wrong inside a frame goes to {@link WatchFrames#problem}
	 */
	public abstract void decode(byte[] bytes, int offset, int length, WatchFrames<? super T> frames);

	/**
	 * Whether the bytes so far end in the middle of a frame. A connection that ends there
	 * was cut off.
	 * @return true if a frame has begun
	 */
	public abstract boolean isInFrame();

}
