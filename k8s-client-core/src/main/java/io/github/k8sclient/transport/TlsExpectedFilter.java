package io.github.k8sclient.transport;

import java.util.function.Supplier;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * Recognises the answer of an API server that expects TLS to a request without. Go's
 * server sends one text, without any header.
 */
final class TlsExpectedFilter implements ExchangeFilterFunction {

	private static final String ANSWER = "Client sent an HTTP request to an HTTPS server";

	private final Supplier<KubernetesConnectionException> failure;

	TlsExpectedFilter(Supplier<KubernetesConnectionException> failure) {
		this.failure = failure;
	}

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		return next.exchange(request)
			.flatMap((response) -> isSuspect(response) ? check(response) : Mono.just(response));
	}

	private static boolean isSuspect(ClientResponse response) {
		return response.statusCode().isSameCodeAs(HttpStatus.BAD_REQUEST)
				&& !response.headers().asHttpHeaders().containsHeader(HttpHeaders.CONTENT_TYPE);
	}

	private Mono<ClientResponse> check(ClientResponse response) {
		return response.bodyToMono(String.class).defaultIfEmpty("").map((body) -> {
			if (body.startsWith(ANSWER)) {
				throw this.failure.get();
			}
			return response.mutate().body(body).build();
		});
	}

}
