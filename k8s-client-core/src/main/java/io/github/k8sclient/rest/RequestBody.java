package io.github.k8sclient.rest;

import io.github.k8sclient.codec.Codec;
import io.github.k8sclient.wire.EncodedObject;
import io.github.k8sclient.wire.ObjectDecoder;
import io.github.k8sclient.wire.WireFormat;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.WebClient.RequestBodySpec;
import org.springframework.web.reactive.function.client.WebClient.RequestHeadersSpec;

/**
 * What a request carries.
 */
sealed interface RequestBody {

	/**
	 * Add the body to a request.
	 * @param request the request
	 * @param format the format to prefer
	 */
	RequestHeadersSpec<?> addTo(RequestBodySpec request, WireFormat format);

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
		public RequestHeadersSpec<?> addTo(RequestBodySpec request, WireFormat format) {
			return request.contentType(MediaType.parseMediaType(this.mediaType)).bodyValue(this.bytes);
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
		public RequestHeadersSpec<?> addTo(RequestBodySpec request, WireFormat format) {
			EncodedObject encoded = ObjectDecoder.encode(this.codec, this.object, format);
			return new Content(encoded.bytes(), encoded.format().mediaType()).addTo(request, format);
		}

		@Override
		public boolean supportsProtobuf() {
			return this.codec.supportsProtobuf();
		}

	}

	/**
	 * Messages of a WebSocket, which are sent when it is open.
	 *
	 * @param messages the messages
	 */
	record Messages(Flux<DataBuffer> messages) implements RequestBody {

		@Override
		public RequestHeadersSpec<?> addTo(RequestBodySpec request, WireFormat format) {
			return request.body(BodyInserters.fromDataBuffers(this.messages));
		}

		@Override
		public boolean supportsProtobuf() {
			return false;
		}

	}

}
