package io.github.k8sclient.rest;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.UnaryOperator;

import io.github.k8sclient.KubernetesApiException;
import io.github.k8sclient.KubernetesException;
import io.github.k8sclient.codec.DecodingException;
import io.github.k8sclient.meta.Status;
import io.github.k8sclient.wire.ObjectDecoder;
import io.github.k8sclient.wire.WireFormat;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.web.reactive.function.client.ClientResponse;

/**
 * Makes exceptions: of responses that refuse a request, and of all else that may go wrong
 * with one.
 */
final class ResponseErrors {

	// A Status may list thousands of causes. What is longer is no Status
	private static final int MAX_BODY = 4 << 20;

	private static final int MAX_TEXT = 2048;

	private final UnaryOperator<Throwable> transportErrors;

	private final String source;

	/**
	 * Create the maker of exceptions.
	 * @param transportErrors explains what breaks connections
	 * @param source where the configuration comes from
	 */
	ResponseErrors(UnaryOperator<Throwable> transportErrors, String source) {
		this.transportErrors = transportErrors;
		this.source = source;
	}

	/**
	 * Return what to fail with after a response that is no success: a
	 * {@link KubernetesApiException}, or the signal to try another format.
	 */
	Mono<Throwable> failure(Attempt attempt, ClientResponse response) {
		if (attempt.protobufRefused(response.statusCode().value())) {
			return ResponseBody.discard(response).thenReturn(new FormatRefusedException());
		}
		// The server has said that it refuses, even if the connection breaks while it
		// says why
		return ResponseBody.beginning(response, MAX_BODY)
			.onErrorReturn(new byte[0])
			.map((body) -> failure(attempt.call(), response, body));
	}

	private KubernetesApiException failure(ApiCall call, ClientResponse response, byte[] body) {
		String contentType = ResponseBody.contentType(response);
		WireFormat format = WireFormat.of(contentType);
		Status status = (format != null) ? ObjectDecoder.status(format, body) : null;
		if (status == null) {
			status = SynthesizedStatus.of(call.target(), response.statusCode().value(), text(body, contentType),
					RetryAfter.seconds(response));
		}
		return KubernetesApiException.of(status, call.target().method().name(), call.target().path(), this.source);
	}

	private static String text(byte[] body, @Nullable String contentType) {
		boolean isText = contentType == null || contentType.toLowerCase(Locale.ROOT).startsWith("text/");
		return isText ? new String(body, 0, Math.min(body.length, MAX_TEXT), StandardCharsets.UTF_8).strip()
				: "unknown";
	}

	/**
	 * Return the exception that callers see.
	 */
	Throwable translate(ApiCall call, Throwable failure) {
		if (failure instanceof KubernetesException || failure instanceof Error) {
			return failure;
		}
		if (failure instanceof DecodingException || failure instanceof DataBufferLimitException) {
			return unreadable(call, failure);
		}
		Throwable translated = this.transportErrors.apply(failure);
		return (translated instanceof KubernetesException) ? translated
				: new KubernetesException(call.describe() + ": " + failure.getMessage(), failure);
	}

	static KubernetesException unreadable(ApiCall call, Throwable failure) {
		return new KubernetesException(call.describe() + ": the response cannot be read: " + failure.getMessage(),
				failure);
	}

}
