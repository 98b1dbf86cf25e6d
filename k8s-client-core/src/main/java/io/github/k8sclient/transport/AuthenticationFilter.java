package io.github.k8sclient.transport;

import java.net.URI;

import io.github.k8sclient.auth.TokenProvider;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * Adds the token to requests that go to the server it is for, over https and to no other
 * host. A 401 makes it drop the token and try once more with a new one. A request that
 * brings its own {@code Authorization} passes as it is.
 */
final class AuthenticationFilter implements ExchangeFilterFunction {

	private static final int HTTPS_PORT = 443;

	private final TokenProvider tokenProvider;

	private final URI server;

	AuthenticationFilter(TokenProvider tokenProvider, URI server) {
		this.tokenProvider = tokenProvider;
		this.server = server;
	}

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		if (request.headers().containsHeader(HttpHeaders.AUTHORIZATION) || !isForServer(request.url())) {
			return next.exchange(request);
		}
		return this.tokenProvider.token().flatMap((token) -> exchange(request, token, next));
	}

	private boolean isForServer(URI url) {
		return "https".equals(url.getScheme()) && this.server.getHost().equalsIgnoreCase(url.getHost())
				&& port(this.server) == port(url);
	}

	private static int port(URI url) {
		return (url.getPort() >= 0) ? url.getPort() : HTTPS_PORT;
	}

	private Mono<ClientResponse> exchange(ClientRequest request, String token, ExchangeFunction next) {
		return next.exchange(authenticated(request, token))
			.flatMap((response) -> isRefused(response, token) ? retry(request, response, next) : Mono.just(response));
	}

	private boolean isRefused(ClientResponse response, String token) {
		return response.statusCode().isSameCodeAs(HttpStatus.UNAUTHORIZED) && this.tokenProvider.invalidate(token);
	}

	private Mono<ClientResponse> retry(ClientRequest request, ClientResponse refusal, ExchangeFunction next) {
		return refusal.releaseBody()
			.then(this.tokenProvider.token())
			.flatMap((token) -> next.exchange(authenticated(request, token)));
	}

	private ClientRequest authenticated(ClientRequest request, String token) {
		return ClientRequest.from(request)
			.headers((headers) -> headers.set(HttpHeaders.AUTHORIZATION, this.tokenProvider.scheme() + " " + token))
			.build();
	}

}
