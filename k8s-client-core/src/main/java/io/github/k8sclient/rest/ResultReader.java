package io.github.k8sclient.rest;

import io.github.k8sclient.KubernetesApiException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.client.ClientResponse;

/**
 * Reads a response of any kind as a {@link Result}.
 */
record ResultReader(ApiCall call) implements ResponseReader<Result> {

	@Override
	public Publisher<Result> read(ClientResponse response) {
		return ResponseBody.bytes(response).map((body) -> result(response, body, null));
	}

	@Override
	public Publisher<Result> refused(ClientResponse response, Throwable failure) {
		return (failure instanceof KubernetesApiException error) ? Mono.just(result(response, new byte[0], error))
				: Mono.error(failure);
	}

	private Result result(ClientResponse response, byte[] body, @Nullable KubernetesApiException error) {
		return new Result(this.call, response.statusCode().value(), ResponseBody.contentType(response),
				WarningHeaders.of(response), body, error);
	}

}
