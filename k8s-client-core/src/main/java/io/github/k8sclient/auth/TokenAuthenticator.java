package io.github.k8sclient.auth;

import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * Authenticates with the tokens of a {@link TokenProvider}.
 */
final class TokenAuthenticator implements Authenticator {

	private final TokenProvider provider;

	TokenAuthenticator(TokenProvider provider) {
		Assert.notNull(provider, "'provider' must not be null");
		this.provider = provider;
	}

	@Override
	public Mono<Authentication> authenticate() {
		return this.provider.token().map((token) -> new Authentication(this.provider.scheme(), token, null));
	}

	@Override
	public boolean invalidate(Authentication refused) {
		return refused.token() != null && this.provider.invalidate(refused.token());
	}

	@Override
	public String toString() {
		return this.provider.toString();
	}

}
