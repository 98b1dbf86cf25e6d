package io.github.k8sclient.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * A token that never changes.
 */
final class FixedTokenProvider implements TokenProvider {

	private final String scheme;

	private final Mono<String> token;

	FixedTokenProvider(String scheme, String token) {
		Assert.hasText(token, "'token' must not be empty");
		this.scheme = scheme;
		this.token = Mono.just(token);
	}

	static FixedTokenProvider basic(String username, String password) {
		byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
		return new FixedTokenProvider("Basic", Base64.getEncoder().encodeToString(pair));
	}

	@Override
	public Mono<String> token() {
		return this.token;
	}

	@Override
	public String scheme() {
		return this.scheme;
	}

	@Override
	public String toString() {
		return "fixed " + this.scheme + " token";
	}

}
