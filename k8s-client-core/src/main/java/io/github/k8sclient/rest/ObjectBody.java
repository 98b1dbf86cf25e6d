package io.github.k8sclient.rest;

import io.github.k8sclient.KubernetesApiException;
import io.github.k8sclient.KubernetesException;
import io.github.k8sclient.codec.Codec;
import io.github.k8sclient.meta.Status;
import io.github.k8sclient.wire.ObjectDecoder;
import io.github.k8sclient.wire.WireFormat;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.client.ClientResponse;

/**
 * Reads a body that holds one object.
 */
final class ObjectBody {

	private ObjectBody() {
	}

	/**
	 * Read the object. In its place there may be a status: empty if it is a success, as
	 * the answer to a delete is, and an error if it is a failure.
	 */
	static <T> Mono<T> read(ApiCall call, ClientResponse response, Codec<T> codec) {
		WireFormat format = ResponseBody.format(call, response);
		return ResponseBody.bytes(response, call.decoding().maxObjectSize())
			.flatMap((body) -> Mono.justOrEmpty(decode(call, codec, format, body)));
	}

	static <T> @Nullable T decode(ApiCall call, Codec<T> codec, WireFormat format, byte[] body) {
		if (body.length == 0) {
			throw new KubernetesException(call.describe() + ": the response is empty");
		}
		return (codec.type() == Status.class) ? ObjectDecoder.decode(codec, format, body, call.decoding())
				: ObjectDecoder.decode(codec, format, body, call.decoding(), (status) -> nothing(call, status));
	}

	private static <T> @Nullable T nothing(ApiCall call, Status status) {
		if ("Success".equals(status.status())) {
			return null;
		}
		throw KubernetesApiException.of(status, call.target().method().name(), call.target().path());
	}

}
