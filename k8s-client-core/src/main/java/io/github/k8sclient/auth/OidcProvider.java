package io.github.k8sclient.auth;

import reactor.core.publisher.Mono;

/**
 * An OpenID Connect provider, as far as renewing tokens goes.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface OidcProvider {

	/**
	 * Get new tokens.
	 * @param refreshToken the token to get them with, which the provider may accept only
	 * once
	 * @return emits the tokens; ends with an error when the provider cannot be reached or
	 * refuses
	 */
	Mono<OidcTokens> refresh(String refreshToken);

}
