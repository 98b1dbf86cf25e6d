package io.github.k8sclient.rest;

import io.github.k8sclient.KubernetesException;
import io.github.k8sclient.wire.WireFormat;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.client.ClientResponse;

/**
 * Reads bodies as bytes. Every buffer is released, whatever happens.
 */
final class ResponseBody {

	private static final int MAX_DISCARDED = 64 << 10;

	private ResponseBody() {
	}

	/** Return the buffers, which the receiver releases. */
	static Flux<DataBuffer> buffers(ClientResponse response) {
		return response.body(BodyExtractors.toDataBuffers());
	}

	/** Return the whole body, of any size. */
	static Mono<byte[]> bytes(ClientResponse response) {
		return joined(buffers(response), -1);
	}

	/**
	 * Return the whole body, or fail with a
	 * {@link org.springframework.core.io.buffer.DataBufferLimitException} if it is too
	 * long.
	 */
	static Mono<byte[]> bytes(ClientResponse response, int limit) {
		return joined(buffers(response), limit);
	}

	/**
	 * Drop the body of a response that is no longer of interest, so that its connection
	 * can be used again. A long one is not waited for: its connection is closed.
	 */
	static Mono<Void> discard(ClientResponse response) {
		return DataBufferUtils.takeUntilByteCount(buffers(response), MAX_DISCARDED)
			.map(DataBufferUtils::release)
			.then()
			.onErrorComplete();
	}

	/** Return the beginning of the body, and close the connection if there is more. */
	static Mono<byte[]> beginning(ClientResponse response, int limit) {
		return joined(DataBufferUtils.takeUntilByteCount(buffers(response), limit), -1);
	}

	private static Mono<byte[]> joined(Flux<DataBuffer> buffers, int limit) {
		return DataBufferUtils.join(buffers, limit).map(ResponseBody::bytes).defaultIfEmpty(new byte[0]);
	}

	/**
	 * Return the format of a body. One that does not say what it is counts as JSON.
	 * @throws KubernetesException if it is none of ours, as with the web page of a proxy
	 */
	static WireFormat format(ApiCall call, ClientResponse response) {
		return format(call, response.statusCode().value(), contentType(response));
	}

	static WireFormat format(ApiCall call, int code, @Nullable String contentType) {
		WireFormat format = (contentType != null) ? WireFormat.of(contentType) : WireFormat.JSON;
		if (format == null) {
			throw new KubernetesException(call.describe() + ": the server answered " + code + " with " + contentType
					+ ", which is nothing that a Kubernetes API server answers with");
		}
		return format;
	}

	static @Nullable String contentType(ClientResponse response) {
		return response.headers().asHttpHeaders().getFirst(HttpHeaders.CONTENT_TYPE);
	}

	/**
	 * Return what went wrong in decoding as something that a stream passes on: it lets
	 * errors of the JVM through, and would never end.
	 */
	static RuntimeException failure(ApiCall call, Throwable thrown) {
		return (thrown instanceof RuntimeException exception) ? exception
				: new KubernetesException(call.describe() + ": the answer cannot be decoded: " + thrown, thrown);
	}

	/** Return the content of a buffer, and release it. */
	static byte[] bytes(DataBuffer buffer) {
		try {
			byte[] bytes = new byte[buffer.readableByteCount()];
			buffer.read(bytes);
			return bytes;
		}
		finally {
			DataBufferUtils.release(buffer);
		}
	}

}
