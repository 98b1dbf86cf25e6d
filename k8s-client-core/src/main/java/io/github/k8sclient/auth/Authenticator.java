package io.github.k8sclient.auth;

import java.util.function.Function;

import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.config.Credentials;
import io.github.k8sclient.config.OidcSession;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Proves who the client is, by a token, a client certificate or both. Called for every
 * request, so implementations keep what they have as long as it is good, and let callers
 * that arrive during a renewal share it. Safe for use by several threads; never blocks
 * the caller.
 *
 * @since 0.1.0
 */
public interface Authenticator {

	/**
	 * Return what proves who the client is now.
	 * @return emits one value; ends with an error when there is none, which fails the
	 * request
	 */
	Mono<Authentication> authenticate();

	/**
	 * Forget an authentication that the server has refused with 401. One that has been
	 * renewed in the meantime stays.
	 * @param refused what was refused
	 * @return {@code true} if it makes sense to authenticate and try once more,
	 * {@code false} if the outcome is always the same
	 */
	boolean invalidate(Authentication refused);

	/**
	 * End what is under way. Requests that wait for it fail.
	 */
	default void close() {
	}

	/**
	 * Return an authenticator that uses tokens of a provider.
	 * @param provider the provider
	 * @return the authenticator
	 */
	static Authenticator of(TokenProvider provider) {
		return new TokenAuthenticator(provider);
	}

	/**
	 * Return the authenticator for the credentials of a configuration.
	 * @param configuration the configuration
	 * @param providers makes the OpenID Connect provider of a session
	 * @param listener learns how a credential plugin is doing
	 * @return the authenticator, or {@code null} when the client has no credentials, or a
	 * client certificate only
	 * @throws io.github.k8sclient.config.ConfigurationException if the policy of the
	 * configuration does not allow to run its credential plugin
	 */
	static @Nullable Authenticator of(ClientConfiguration configuration, Function<OidcSession, OidcProvider> providers,
			ExecPluginListener listener) {
		Credentials credentials = configuration.credentials();
		if (credentials instanceof Credentials.BearerToken bearer) {
			return of(TokenProvider.fixed(bearer.token()));
		}
		if (credentials instanceof Credentials.TokenFile tokenFile) {
			return of(new FileTokenProvider(tokenFile.file()));
		}
		if (credentials instanceof Credentials.Basic basic) {
			return of(FixedTokenProvider.basic(basic.username(), basic.password()));
		}
		if (credentials instanceof Credentials.Exec exec) {
			return ExecAuthenticator.create(exec.plugin(), configuration, listener);
		}
		if (credentials instanceof Credentials.Oidc oidc) {
			return of(new OidcTokenProvider(oidc.session(), providers.apply(oidc.session())));
		}
		return null;
	}

}
