package io.github.k8sclient.rest;

import io.github.k8sclient.codec.Codec;
import io.github.k8sclient.wire.EncodedObject;
import io.github.k8sclient.wire.ObjectDecoder;
import io.github.k8sclient.wire.WireFormat;

/**
 * What a request carries.
 */
sealed interface RequestBody {

	/**
	 * Return the bytes to send.
	 * @param format the format to prefer
	 */
	Content encode(WireFormat format);

	/**
	 * Return whether the body could be sent as protobuf.
	 */
	boolean supportsProtobuf();

	/**
	 * Bytes with their media type.
	 *
	 * @param bytes the bytes
	 * @param mediaType the media type
	 */
	record Content(byte[] bytes, String mediaType) implements RequestBody {

		@Override
		public Content encode(WireFormat format) {
			return this;
		}

		@Override
		public boolean supportsProtobuf() {
			return false;
		}

	}

	/**
	 * An object that is written in the format that is agreed on, or in JSON if something
	 * of it would be missing in protobuf.
	 *
	 * @param object the object
	 * @param codec writes the object
	 * @param <T> the type of the object
	 */
	record Encodable<T>(T object, Codec<T> codec) implements RequestBody {

		@Override
		public Content encode(WireFormat format) {
			EncodedObject encoded = ObjectDecoder.encode(this.codec, this.object, format);
			return new Content(encoded.bytes(), encoded.format().mediaType());
		}

		@Override
		public boolean supportsProtobuf() {
			return this.codec.supportsProtobuf();
		}

	}

}
