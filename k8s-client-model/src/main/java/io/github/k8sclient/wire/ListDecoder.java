package io.github.k8sclient.wire;

import java.util.function.Consumer;

import io.github.k8sclient.codec.Codec;
import io.github.k8sclient.codec.DecodingException;
import io.github.k8sclient.codec.DecodingOptions;

/**
 * For the modules of this project: it may change in any release.
 * <p>
 * Reads a list item by item while its bytes arrive, cut into chunks anywhere. An item is
 * decoded where it lies in its chunk; only one that goes on in the next chunk is copied.
 * Memory is bounded by the largest item, which {@link DecodingOptions#maxObjectSize()}
 * limits. The list's metadata may stand before or after its items. An item that cannot be
 * read makes the list fail, unless {@link DecodingOptions#unreadableItems()} is told of
 * it.
 * <p>
 * Not thread-safe, but calls may come from different threads one after the other. After
 * an exception a decoder must not be used any more.
 *
 * @param <T> type of the items
 * @since 0.1.0
 */
public abstract sealed class ListDecoder<T> permits JsonListDecoder, ProtobufListDecoder {

	ListDecoder() {
	}

	/**
	 * Leaves out an item that cannot be read, if the options say so.
	 */
	static void leaveOut(DecodingOptions options, DecodingException problem, String type, String path, long offset) {
		Consumer<? super DecodingException> unreadableItems = options.unreadableItems();
		if (unreadableItems == null) {
			throw problem;
		}
		unreadableItems.accept(problem.within(type, path, offset));
	}

	/**
	 * Makes a decoder of one list in JSON.
	 * @param <T> type of the items
	 * @param codec reads the items
	 * @param options how to decode
	 * @return the decoder
	 */
	public static <T> ListDecoder<T> json(Codec<T> codec, DecodingOptions options) {
		return new JsonListDecoder<>(codec, options);
	}

	/**
	 * Makes a decoder of one list in a protobuf envelope.
	 * @param <T> type of the items
	 * @param codec reads the items
	 * @param options how to decode
	 * @return the decoder
	 */
	public static <T> ListDecoder<T> protobuf(Codec<T> codec, DecodingOptions options) {
		return new ProtobufListDecoder<>(codec, options);
	}

	/**
	 * Makes a decoder of one list.
	 * @param <T> type of the items
	 * @param format format of the bytes
	 * @param codec reads the items
	 * @param options how to decode
	 * @return the decoder
	 */
	public static <T> ListDecoder<T> of(WireFormat format, Codec<T> codec, DecodingOptions options) {
		return (format == WireFormat.PROTOBUF) ? protobuf(codec, options) : json(codec, options);
	}

	/**
	 * Reads the next bytes of the list.
	 * @param bytes array that holds the bytes, which may change afterwards
	 * @param offset index of the first byte
	 * @param length number of bytes
	 * @param items takes each item that is complete with these bytes, in order
	 * @throws DecodingException if the bytes are no such list
	 */
	public abstract void decode(byte[] bytes, int offset, int length, Consumer<? super T> items);

	/**
	 * Ends the list when all bytes have been read.
	 * @return what the list has besides its items
	 * @throws DecodingException if the list is not complete
	 */
	public abstract ListHeader end();

}
