package io.github.k8sclient.auth;

import reactor.core.publisher.Mono;

/**
 * Provides the token of the {@code Authorization} header. Called for every request, so
 * implementations keep a token as long as it is good, and let callers that arrive during
 * a renewal share it. Safe for use by several threads; never blocks the caller.
 *
 * @since 0.1.0
 */
public interface TokenProvider {

	/**
	 * Return the token to send now.
	 * @return the token; ends with an error when there is none, which fails the request
	 */
	Mono<String> token();

	/**
	 * Forget a token that the server has refused with 401. A token that has been renewed
	 * in the meantime stays.
	 * @param refused the token that was refused
	 * @return {@code true} if it makes sense to ask for a token and try once more,
	 * {@code false} if the token is always the same
	 */
	default boolean invalidate(String refused) {
		return false;
	}

	/**
	 * Return the authentication scheme that the token is for.
	 * @return the first word of the header, {@code Bearer} unless overridden
	 */
	default String scheme() {
		return "Bearer";
	}

	/**
	 * Return a provider of a bearer token that never changes.
	 * @param token the token
	 * @return the provider
	 */
	static TokenProvider fixed(String token) {
		return new FixedTokenProvider("Bearer", token);
	}

}
