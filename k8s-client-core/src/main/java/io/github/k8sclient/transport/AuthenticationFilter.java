package io.github.k8sclient.transport;

import java.net.URI;
import java.util.function.Consumer;

import io.github.k8sclient.auth.Authentication;
import io.github.k8sclient.auth.Authenticator;
import io.github.k8sclient.config.ClientIdentity;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * Authenticates requests that go to the server that credentials are for, over https and
 * to no other host. A 401 makes it drop them and try once more with new ones. A request
 * that brings its own {@code Authorization} passes as it is.
 */
final class AuthenticationFilter implements ExchangeFilterFunction {

	private final Authenticator authenticator;

	private final URI server;

	private final Consumer<@Nullable ClientIdentity> identities;

	/**
	 * Create a filter.
	 * @param authenticator gives tokens and client certificates
	 * @param server the server that they are for
	 * @param identities is told which client certificate to show from now on
	 */
	AuthenticationFilter(Authenticator authenticator, URI server, Consumer<@Nullable ClientIdentity> identities) {
		this.authenticator = authenticator;
		this.server = server;
		this.identities = identities;
	}

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		if (request.headers().containsHeader(HttpHeaders.AUTHORIZATION) || !isForServer(request.url())) {
			return next.exchange(request);
		}
		return this.authenticator.authenticate().flatMap((proof) -> exchange(request, proof, next));
	}

	private boolean isForServer(URI url) {
		return "https".equals(url.getScheme()) && authority(this.server).equalsIgnoreCase(authority(url));
	}

	private static String authority(URI url) {
		String authority = url.getRawAuthority();
		return authority.endsWith(":443") ? authority.substring(0, authority.length() - ":443".length()) : authority;
	}

	private Mono<ClientResponse> exchange(ClientRequest request, Authentication proof, ExchangeFunction next) {
		return next.exchange(authenticated(request, proof))
			.flatMap((response) -> isRefused(response, proof) ? retry(request, response, next) : Mono.just(response));
	}

	private boolean isRefused(ClientResponse response, Authentication proof) {
		return response.statusCode().isSameCodeAs(HttpStatus.UNAUTHORIZED) && this.authenticator.invalidate(proof);
	}

	private Mono<ClientResponse> retry(ClientRequest request, ClientResponse refusal, ExchangeFunction next) {
		return refusal.releaseBody()
			.then(this.authenticator.authenticate())
			.flatMap((proof) -> next.exchange(authenticated(request, proof)));
	}

	private ClientRequest authenticated(ClientRequest request, Authentication proof) {
		this.identities.accept(proof.identity());
		String header = proof.header();
		return (header != null) ? ClientRequest.from(request)
			.headers((headers) -> headers.set(HttpHeaders.AUTHORIZATION, header))
			.build() : request;
	}

}
